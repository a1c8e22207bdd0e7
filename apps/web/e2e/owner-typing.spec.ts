import { z } from 'zod'
import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expect, test } from './support/fixtures.ts'

/** Longer than the search waits after a key. */
const PAUSE_MS = 600

const searchResponse = z.object({
  result: z.object({
    data: z.object({
      items: z.array(z.looseObject({ participantId: z.string() })),
      nextCursor: z.string().nullable(),
    }),
  }),
})

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

test('a search field keeps every character, however late its results are', async ({ page, shop }) => {
  const event = await shop.createEvent()
  await shop.enter(event.id, uniquePhoneNumber(), 'Alexander Kim')
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  await owner.open(event.id, 'participants')
  const field = page.getByRole('searchbox')
  await field.pressSequentially('Alexander ')
  await page.waitForTimeout(PAUSE_MS)
  await field.pressSequentially('Kim')
  await expect(field).toHaveValue('Alexander Kim')
  await expect(page.getByRole('row', { name: /Alexander Kim/ })).toBeVisible()

  await field.fill('')
  await page.waitForTimeout(PAUSE_MS)
  await page.route(/__data\.json|\/api\//, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 400))
    await route.continue()
  })
  await field.pressSequentially('a')
  await page.waitForTimeout(550)
  await field.pressSequentially('bcd', { delay: 60 })
  await page.waitForTimeout(2 * PAUSE_MS)
  await expect(field).toHaveValue('abcd')
})

test('a search shows what it has found so far while it searches on', async ({ page, shop }) => {
  const event = await shop.createEvent()
  for (const name of ['첫째봄', '둘째봄', '셋째봄']) await shop.enter(event.id, uniquePhoneNumber(), name)
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  await owner.open(event.id, 'participants')
  // The server's response, cut where a larger event would have it end: after the first row that was found.
  let searches = 0
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/api/trpc/participants.search', async (route) => {
    if (++searches > 1) {
      await held
      return route.continue()
    }
    const response = await route.fetch()
    const body = searchResponse.parse(await response.json())
    const [first] = body.result.data.items
    body.result.data = { items: first ? [first] : [], nextCursor: first?.participantId ?? null }
    return route.fulfill({ response, json: body })
  })
  await page.getByRole('searchbox').fill('째봄')
  const rows = page.getByRole('table').getByRole('row', { name: /째봄/ })
  await expect(page.getByText('찾고 있어요…')).toBeVisible()
  await expect(rows).toHaveText([/셋째봄/])
  release()
  await expect(rows).toHaveText([/셋째봄/, /둘째봄/, /첫째봄/])
  await expect(page.getByText('찾고 있어요…')).toHaveCount(0)
  expect(searches).toBe(2)
})

test('results of an earlier search that arrive late never replace newer ones', async ({ page, shop }) => {
  const event = await shop.createEvent()
  for (const name of ['가람봄', '나래봄']) await shop.enter(event.id, uniquePhoneNumber(), name)
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  await owner.open(event.id, 'participants')
  let isFirst = true
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const settled = new Promise<void>((resolve) => {
    void page.route('**/api/trpc/participants.search', async (route) => {
      if (!isFirst) return route.continue()
      isFirst = false
      const response = await route.fetch()
      await held
      await route.fulfill({ response })
      resolve()
    })
  })
  const rows = page.getByRole('table').getByRole('row', { name: /봄/ })
  const sent = page.waitForRequest('**/api/trpc/participants.search')
  await page.getByRole('searchbox').fill('가람')
  await sent
  await page.getByRole('searchbox').fill('나래')
  await expect(rows).toHaveText([/나래봄/])
  release()
  await settled
  await expect(rows).toHaveText([/나래봄/])
})

test('results that arrive during a Hangul composition do not break it', async ({ page, shop }) => {
  const event = await shop.createEvent()
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  await owner.open(event.id, 'participants')
  const field = page.getByRole('searchbox')
  await field.focus()
  const session = await page.context().newCDPSession(page)
  for (const text of ['ㄱ', '기', '김']) {
    await session.send('Input.imeSetComposition', { text, selectionStart: 1, selectionEnd: 1 })
    await page.waitForTimeout(PAUSE_MS)
  }
  await session.send('Input.insertText', { text: '김' })
  await expect(field).toHaveValue('김')
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
