import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expect, test } from './support/fixtures.ts'

test('a button pressed before the scripts have loaded works once they have', async ({ page, shop }) => {
  const event = await shop.createEvent({ winnerCount: 1 })
  await shop.enter(event.id, uniquePhoneNumber(), '한가람')
  const ownerPage = new OwnerPage(page)
  await ownerPage.signIn(shop.stack)

  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/_app/**/*.js', async (route) => {
    await released
    await route.continue()
  })
  await page.goto(`/admin/events/${event.id}/draw`, { waitUntil: 'commit' })
  await page.getByRole('button', { name: '당첨자 추첨' }).click()
  await expect(ownerPage.dialog).toHaveCount(0)
  release()
  await expect(ownerPage.dialog).toContainText('당첨자를 추첨하시겠습니까?')
})
