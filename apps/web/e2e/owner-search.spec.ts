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
  await expect(page.getByText('찾고 있어요…').first()).toBeVisible()
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

test('a name is found at every key of a Hangul composition, which no response breaks', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  for (const name of ['김 하늘', '박바다']) await shop.enter(event.id, uniquePhoneNumber(), name)
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  await owner.open(event.id, 'participants')
  const field = page.getByRole('searchbox')
  const rows = page.getByRole('table').getByRole('rowheader')
  await field.focus()
  // What would break a composition: a value that the page writes, and an element that it replaces.
  await field.evaluate((input: HTMLInputElement) => {
    const property = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')
    if (!property) throw new Error('no value')
    input.dataset.ends = '0'
    input.addEventListener('compositionend', () => {
      input.dataset.ends = String(Number(input.dataset.ends) + 1)
    })
    Object.defineProperty(input, 'value', {
      get: () => property.get?.call(input),
      set: () => {
        input.dataset.written = 'true'
      },
    })
  })
  const session = await page.context().newCDPSession(page)
  /** Syllables as an input method sends them: each is composed, and the one before is committed. */
  const steps = [
    { before: '', shown: ['ㄱ', '기', '김'], committed: '김' },
    { before: '김', shown: ['ㅎ', '하', '한'], committed: '하' },
    { before: '김하', shown: ['느', '늘'], committed: '늘' },
  ]
  let ends = 0
  for (const { before, shown, committed } of steps) {
    for (const text of shown) {
      const searched = page.waitForResponse('**/api/trpc/participants.search')
      await session.send('Input.imeSetComposition', { text, selectionStart: 1, selectionEnd: 1 })
      await searched
      await expect(field).toHaveValue(before + text)
      await expect(rows).toHaveText(['김 하늘'])
      await expect(field).toHaveAttribute('data-ends', String(ends))
    }
    await session.send('Input.insertText', { text: committed })
    ends += 1
  }
  await expect(field).toHaveValue('김하늘')
  await expect(field).not.toHaveAttribute('data-written')
  await expect(field).toBeFocused()
})

test('Escape clears a search and shows everybody, but belongs to the input method in a composition', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  for (const name of ['가람봄', '나래봄']) await shop.enter(event.id, uniquePhoneNumber(), name)
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  await owner.open(event.id, 'participants')
  const field = page.getByRole('searchbox')
  const rows = page.getByRole('table').getByRole('rowheader')
  await field.fill('가람')
  await expect(rows).toHaveText(['가람봄'])
  // With the property, and with the key code alone, as some keyboards send it.
  for (const init of [{ isComposing: true }, { keyCode: 229 }])
    await field.dispatchEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true, ...init })
  await expect(field).toHaveValue('가람')
  await field.press('Escape')
  await expect(field).toHaveValue('')
  await expect(field).toBeFocused()
  await expect(rows).toHaveText(['나래봄', '가람봄'])
})

test('a slow search says so and leaves what is shown; screen readers hear a number at most once per second', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  for (const name of ['가람봄', '나래봄']) await shop.enter(event.id, uniquePhoneNumber(), name)
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  await owner.open(event.id, 'participants')
  const rows = page.getByRole('table').getByRole('rowheader')
  await page.getByRole('status').evaluateAll((elements) => {
    for (const element of elements)
      new MutationObserver(() => {
        const times = document.documentElement.dataset.times ?? ''
        document.documentElement.dataset.times = `${times} ${performance.now()}`
      }).observe(element, { characterData: true, childList: true, subtree: true })
  })
  await page.route('**/api/trpc/participants.search', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700))
    await route.continue()
  })
  const field = page.getByRole('searchbox')
  await field.pressSequentially('가람봄', { delay: 400 })
  await expect(page.getByText('찾고 있어요…').first()).toBeVisible()
  await expect(rows).toHaveText(['나래봄', '가람봄'])
  await expect(rows).toHaveText(['가람봄'])
  await expect(page.getByRole('status').filter({ hasText: '1명을 보여 드려요' })).toHaveCount(1)
  const times = (await page.locator('html').getAttribute('data-times'))?.trim().split(' ').map(Number) ?? []
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0))
  // Timers may run some milliseconds early by the other clock.
  for (const gap of gaps) expect(gap).toBeGreaterThan(950)
})
