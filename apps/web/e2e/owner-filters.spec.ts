import type { Page } from '@playwright/test'
import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'
import type { ShopClient, TestEvent } from './support/shop-client.ts'

const NAMES = ['가람봄', '나래봄', '다솜별', '라온별']

/** An event whose entrants are, from the newest: 라온별 (링고비즈), 다솜별 (SNS), 나래봄 (링고비즈), 가람봄 (SNS). */
async function createEntered(shop: ShopClient): Promise<TestEvent> {
  const event = await shop.createEvent()
  for (const [n, name] of NAMES.entries())
    await shop.enter(event.id, uniquePhoneNumber(), name, n % 2 ? '링고비즈' : 'SNS')
  await expect.poll(async () => (await shop.analytics(event.id)).total).toBe(NAMES.length)
  return event
}

const rowsOf = (page: Page) => page.getByRole('table').getByRole('rowheader')
const chipsOf = (page: Page) => page.getByRole('navigation', { name: '참여자 고르기' })
const chip = (page: Page, name: RegExp) => chipsOf(page).getByRole('link', { name })

test('chips with counts filter alone, together and with a search, and the address has no name', async ({
  page,
  shop,
}) => {
  const event = await createEntered(shop)
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  await owner.open(event.id, 'participants')
  await expect(chipsOf(page).getByRole('link')).toHaveText([
    /전체\s*4/,
    /SNS\s*2/,
    /링고비즈\s*2/,
    /방문함\s*0/,
    /오늘\s*4/,
  ])

  await chip(page, /링고비즈/).click()
  await expect(rowsOf(page)).toHaveText(['라온별', '나래봄'])
  await expect(chip(page, /링고비즈/)).toHaveAttribute('aria-current', 'true')
  await expect(chip(page, /링고비즈/)).toBeFocused()
  await page.getByRole('searchbox').fill('봄')
  await expect(rowsOf(page)).toHaveText(['나래봄'])
  await chip(page, /SNS/).click()
  await expect(rowsOf(page)).toHaveText(['가람봄'])
  expect(new URL(page.url()).searchParams.toString()).toBe('entryPath=SNS')
  await chip(page, /오늘/).click()
  await expect(rowsOf(page)).toHaveText(['가람봄'])
  expect([...new URL(page.url()).searchParams.keys()]).toEqual(['entryPath', 'from', 'to'])

  await page.goBack()
  await page.goBack()
  await expect(rowsOf(page)).toHaveText(['나래봄'])
  await expect(page.getByRole('searchbox')).toHaveValue('봄')
  await page.goForward()
  await expect(rowsOf(page)).toHaveText(['가람봄'])
  await page.reload()
  await expect(rowsOf(page)).toHaveText(['다솜별', '가람봄'])
  await expect(chip(page, /SNS/)).toHaveAttribute('aria-current', 'true')
  await chip(page, /전체/).click()
  await expect(rowsOf(page)).toHaveCount(4)
  await expectFitAndAccessible(page, 'participants with filters')
  await page.setViewportSize({ width: 360, height: 740 })
  await page.locator('summary', { hasText: '날짜' }).click()
  await expect(page.getByLabel('처음 날짜')).toBeVisible()
  await expectFitAndAccessible(page, 'participants with filters on a phone')
})

test('a visit that is marked counts in its chip', async ({ page, shop }) => {
  const event = await createEntered(shop)
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  await owner.open(event.id, 'participants')
  await page.getByRole('button', { name: '다솜별 님 방문 확인' }).first().click()
  await expect(chip(page, /방문함\s*1/)).toBeVisible({ timeout: 10_000 })
  await chip(page, /방문함/).click()
  await expect(rowsOf(page)).toHaveText(['다솜별'])

  // Another owner takes it back: what this page knew of the row is older than the next list.
  await chip(page, /전체/).click()
  const row = page.getByRole('row', { name: /다솜별/ })
  await expect(row.getByText('방문', { exact: true })).toBeVisible()
  const origin = shop.stack.baseUrl
  const list = await page.request.get(`/api/v1/events/${event.id}/participants?visited=true`)
  const { items }: { items: { participantId: string }[] } = await list.json()
  const taken = await page.request.post('/api/trpc/participants.unmarkVisit', {
    data: { eventId: event.id, participantId: items[0]?.participantId },
    headers: { origin },
  })
  expect(taken.status()).toBe(200)
  await chip(page, /SNS/).click()
  await expect(rowsOf(page)).toHaveText(['다솜별', '가람봄'])
  await expect(row.getByText('방문', { exact: true })).toHaveCount(0)
})

test('days are chosen in a panel, which Escape and a press beside it close', async ({ page, shop }) => {
  const event = await createEntered(shop)
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  await owner.open(event.id, 'participants')
  const summary = page.locator('summary', { hasText: '날짜' })
  const from = page.getByLabel('처음 날짜')
  await summary.click()
  await from.press('Escape')
  await expect(from).toBeHidden()
  await expect(summary).toBeFocused()
  await summary.click()
  await page.getByRole('heading', { level: 1 }).click()
  await expect(from).toBeHidden()

  await summary.click()
  const today = await from.getAttribute('max')
  await from.fill(today ?? '')
  await page.getByRole('button', { name: '이 기간만 보기' }).click()
  await expect(page.locator('summary', { hasText: '부터' })).toBeFocused()
  await expect(rowsOf(page)).toHaveCount(4)
  expect(new URL(page.url()).search).toBe(`?from=${today}`)
  await page.locator('summary', { hasText: '부터' }).click()
  await page.getByRole('link', { name: '모든 날짜 보기' }).click()
  await expect(summary).toBeFocused()
  expect(new URL(page.url()).search).toBe('')
})

test('an empty list says what to do next', async ({ page, shop }) => {
  const draft = await shop.createEvent({ publish: false })
  const open = await shop.createEvent()
  const event = await createEntered(shop)
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)

  await owner.open(draft.id, 'participants')
  await expect(page.getByText('이벤트를 공개하면 참여한 분이 여기에 나타나요.')).toBeVisible()
  await owner.open(open.id, 'participants')
  await expectFitAndAccessible(page, 'no participants')
  await page.getByRole('link', { name: '링크와 QR 보기' }).click()
  await expect(page).toHaveURL(/\/channels$/)

  await page.goto(`/admin/events/${event.id}/participants?visited=true`)
  await expect(page.getByText('이 조건에 맞는 참여자가 없어요.')).toBeVisible()
  await page.getByRole('searchbox').fill('가람')
  await expect(page.getByText('“가람”에 맞는 참여자가 없어요.')).toBeVisible()
  await expect(page.getByText(/초성 ㄱㅎㄴ도 돼요/)).toBeVisible()
  await expectFitAndAccessible(page, 'nobody found')
  await page.getByRole('link', { name: '전체에서 찾기' }).click()
  await expect(rowsOf(page)).toHaveText(['가람봄'])
  expect(new URL(page.url()).search).toBe('')
})

test('an error leaves what is shown, and the search can be tried again', async ({ page, shop }) => {
  const event = await createEntered(shop)
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  await owner.open(event.id, 'participants')
  await page.route('**/api/trpc/participants.search', (route) => route.abort())
  await page.getByRole('searchbox').fill('가람')
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(rowsOf(page)).toHaveCount(4)
  await page.unroute('**/api/trpc/participants.search')
  await page.getByRole('button', { name: '다시 시도하기' }).click()
  await expect(rowsOf(page)).toHaveText(['가람봄'])
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('filters are links, and a search keeps them and is kept by them', async ({ page, shop }) => {
    const event = await createEntered(shop)
    await new OwnerPage(page).signInByRequest(shop.stack)
    await page.goto(`/admin/events/${event.id}/participants`)
    await chip(page, /링고비즈/).click()
    await expect(rowsOf(page)).toHaveText(['라온별', '나래봄'])
    await page.getByRole('searchbox').fill('봄')
    await page.getByRole('searchbox').press('Enter')
    await expect(rowsOf(page)).toHaveText(['나래봄'])
    await chipsOf(page).getByRole('button', { name: /SNS/ }).click()
    await expect(rowsOf(page)).toHaveText(['가람봄'])
    await expect(page.getByRole('searchbox')).toHaveValue('봄')
    await page.getByRole('button', { name: '가람봄 님 방문 확인' }).first().click()
    await expect(rowsOf(page)).toHaveText(['가람봄'])
    expect(page.url()).not.toContain(encodeURIComponent('봄'))
    await expect(chipsOf(page).getByRole('button', { name: /방문함\s*1/ })).toBeVisible()
  })
})
