import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expect, test } from './support/fixtures.ts'

test('the number of winners is what was typed, or an error', async ({ page, shop }) => {
  const event = await shop.createEvent()
  await shop.enter(event.id, uniquePhoneNumber())
  await shop.close(event.id)
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  await owner.open(event.id, 'draw')
  await page.getByRole('button', { name: '당첨자 추첨' }).click()
  const field = owner.dialog.getByLabel('당첨자', { exact: true })
  for (const [typed, shown] of [
    ['1,000', '1,000명'],
    ['１０', '10명'],
    ['1 000', '1,000명'],
    ['10명', '10명'],
  ] as const) {
    await field.fill(typed)
    await field.blur()
    await expect(owner.dialog.getByTestId('draw-sentence')).toContainText(shown)
  }
  for (const typed of ['3.5', '1,00', '', '0', '-1']) {
    await field.fill(typed)
    await field.blur()
    await expect(owner.dialog.getByText('1부터 10,000까지의 숫자로 적어 주세요.')).toBeVisible()
    await expect(field).toHaveValue(typed)
    await owner.dialog.getByRole('button', { name: '추첨하기' }).click()
    await expect(field).toBeFocused()
  }
})

test('F opens full screen on the reveal page while Hangul is on', async ({ page, shop }) => {
  const event = await shop.createEvent()
  await shop.enter(event.id, uniquePhoneNumber())
  await shop.close(event.id)
  await shop.draw(event.id, 1)
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  await page.goto(`/admin/events/${event.id}/draw/reveal`)
  await expect(page.getByRole('button', { name: '전체 화면' })).toBeVisible()
  // The button is there before the script that listens.
  await expect(async () => {
    await page.evaluate(() => {
      document.documentElement.requestFullscreen = () => {
        document.title = 'full screen'
        return Promise.resolve()
      }
      dispatchEvent(new KeyboardEvent('keydown', { key: 'ㄹ', code: 'KeyF', bubbles: true }))
    })
    await expect(page).toHaveTitle('full screen', { timeout: 500 })
  }).toPass()
})
