import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expect, test } from './support/fixtures.ts'

test('after signing out, Back shows no participant, and the browser has stored nothing of the owner’s pages', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  await shop.enter(event.id, uniquePhoneNumber(), '하늘다람쥐')
  const owner = new OwnerPage(page)
  await owner.signIn(shop.stack)
  const pageOf = await page.request.get(`/admin/events/${event.id}/participants`)
  expect(pageOf.headers()['cache-control']).toBe('private, no-store')
  await owner.open(event.id, 'participants')
  await expect(page.getByText('하늘다람쥐').filter({ visible: true })).toHaveCount(1)

  await page.locator('header summary').click()
  await page.getByRole('button', { name: '로그아웃' }).click()
  await expect(page).toHaveURL(/\/login/)
  await page.goBack()
  await expect(page).toHaveURL(/\/login/)
  await expect(page.getByText('하늘다람쥐')).toHaveCount(0)
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
  expect(stored).not.toContain('하늘다람쥐')
  expect(await page.evaluate(() => document.cookie)).not.toContain('session_token')
})
