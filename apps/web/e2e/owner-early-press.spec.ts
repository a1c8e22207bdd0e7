import { newPhone } from './pages/entry-page.ts'
import { OwnerDesk } from './pages/owner-page.ts'
import { expect, test } from './support/fixtures.ts'

test('a button that is pressed before the scripts are there does its work once they are', async ({
  page,
  shop,
}) => {
  const event = await shop.event({ winnerCount: 1 })
  await shop.enter(event.id, newPhone(), '한가람')
  const desk = new OwnerDesk(page)
  await desk.signIn(shop.facts)

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
  await expect(desk.dialog).toHaveCount(0)
  release()
  await expect(desk.dialog).toContainText('당첨자를 추첨하시겠습니까?')
})
