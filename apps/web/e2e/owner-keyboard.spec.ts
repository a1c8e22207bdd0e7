import AxeBuilder from '@axe-core/playwright'
import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { COLOUR_RULES } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'

test('the draw dialog works with the keyboard alone', async ({ page, shop }) => {
  const event = await shop.createEvent({ winnerCount: 1 })
  for (const name of ['김하나', '이두리', '박세찬']) await shop.enter(event.id, uniquePhoneNumber(), name)
  const ownerPage = new OwnerPage(page)
  await ownerPage.signInByRequest(shop.stack)
  await ownerPage.open(event.id, 'draw')
  const opener = page.getByRole('button', { name: '당첨자 추첨' })
  await opener.focus()
  await page.keyboard.press('Enter')
  await expect(ownerPage.dialog).toBeVisible()
  expect(await ownerPage.dialog.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true)
  await page.keyboard.press('Escape')
  await expect(ownerPage.dialog).toHaveCount(0)
  await expect(opener).toBeFocused()

  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '당첨자 늘리기', exact: true }).focus()
  await page.keyboard.press('Space')
  await expect(page.getByTestId('draw-sentence')).toContainText('3명 중 2명')
  await page.getByLabel('공개한 조건과 다른 이유').focus()
  await page.keyboard.type('한 명 더 뽑아요')
  await page.getByRole('button', { name: '추첨하기' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('추첨이 완료되었어요.')).toBeVisible()
  await expect(page.getByText('당첨자 1명 → 2명')).toBeVisible()

  await page.getByRole('link', { name: '발표 화면' }).click()
  await page.waitForURL('**/reveal')
  await expect(page.getByText('당첨자 2명')).toBeVisible()
  await page.keyboard.press('Space')
  await page.keyboard.press('Space')
  await expect(page.getByText('1위 · 경품')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.waitForURL('**/draw')
})

test('two owners who draw at once cause one draw', async ({ page, shop, context }) => {
  const event = await shop.createEvent({ winnerCount: 1 })
  for (const name of ['김하나', '이두리']) await shop.enter(event.id, uniquePhoneNumber(), name)
  await new OwnerPage(page).signInByRequest(shop.stack)
  const tabs = [page, await context.newPage()]
  for (const tab of tabs) {
    await tab.goto(`/admin/events/${event.id}/draw`)
    await tab.getByRole('button', { name: '당첨자 추첨' }).click()
    await tab.getByLabel('공개한 조건과 다른 이유').fill('함께 눌러요')
  }
  await Promise.all(tabs.map((tab) => tab.getByRole('button', { name: '추첨하기' }).click()))
  for (const tab of tabs) await expect(tab.getByRole('heading', { name: '당첨자 1명' })).toBeVisible()
  expect(await shop.call<unknown[]>('GET', `/events/${event.id}/draws`)).toHaveLength(1)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the owner's pages (${colorScheme})`, async ({ page, shop }) => {
    test.setTimeout(180_000)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const check = async (where: string) => {
      const axe = new AxeBuilder({ page })
      const { violations } = await (colorScheme === 'dark' ? axe.withRules(COLOUR_RULES) : axe).analyze()
      expect(
        violations.map(
          ({ id, nodes }) => `${where}: ${id} ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
        ),
      ).toEqual([])
    }
    for (const path of ['/', '/login', '/sign-up']) {
      await page.goto(path)
      await check(path)
    }
    const ownerPage = new OwnerPage(page)
    await ownerPage.signIn(shop.stack)
    await check('events')
    const ended = await page.getByRole('link', { name: /가을 신메뉴/ }).getAttribute('href')
    const { eventId } = shop.stack
    for (const path of [
      `/admin/events/${eventId}/overview`,
      `/admin/events/${eventId}/participants`,
      `/admin/events/${eventId}/channels`,
      `/admin/events/${eventId}/edit`,
      `/admin/events/${ended?.split('/')[3]}/draw`,
      '/admin/events/new',
      '/admin/settings',
      '/admin/account',
      '/admin/api-keys',
      '/admin/shops',
    ]) {
      await page.goto(path)
      await check(path)
    }
    await ownerPage.open(eventId, 'draw')
    await page.getByRole('button', { name: '당첨자 추첨' }).click()
    await expect(ownerPage.dialog).toBeVisible()
    await check('draw dialog')
  })
}
