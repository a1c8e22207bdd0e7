import type { Page } from '@playwright/test'
import { EntryPage } from './pages/entry-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'

const cards = (page: Page) => page.getByRole('article')
const storedReceipts = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('eungmo:receipt:')).length)

test('a phone lists what was entered on it, with the state of each event, and leads on to the check', async ({
  page,
  shop,
}) => {
  const entry = new EntryPage(page)
  const drawn = await shop.createEvent()
  const drawnNumber = await entry.enter(drawn.slug)
  await shop.close(drawn.id)
  await shop.draw(drawn.id, 1)
  const open = await shop.createEvent()
  const openNumber = await entry.enter(open.slug)
  await page.getByRole('link', { name: '이 휴대폰의 응모' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '이 휴대폰의 응모' })).toBeVisible()
  const [newest, older] = [cards(page).nth(0), cards(page).nth(1)]
  await expect(newest).toContainText(open.title)
  await expect(newest).toContainText(openNumber)
  await expect(newest).toContainText('응모 받는 중')
  await expect(newest.getByRole('link', { name: '당첨자 보기' })).toHaveCount(0)
  await expect(older).toContainText(drawn.title)
  await expect(older).toContainText(drawnNumber)
  await expect(older).toContainText('추첨 명단에 있어요 · 응모권 1장')
  await expect(older.getByRole('link', { name: '당첨자 보기' })).toBeVisible()
  // A receipt alone does not say who won.
  await expect(page.getByText('축하해요')).toHaveCount(0)
  await expectFitAndAccessible(page, 'entries of this phone')
  await older.getByRole('link', { name: '내 응모 확인하기' }).click()
  await expect(page.getByText('이 휴대폰에 남은 영수증으로 확인하기')).toBeVisible()
})

test('the server learns nothing of the entries but what a check sends, and of an open event not even that', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  const number = await new EntryPage(page).enter(event.slug)
  const sent: string[] = []
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  await page.goto('/mine')
  await expect(cards(page)).toContainText(event.title)
  expect(sent.join('\n')).toContain(event.id)
  expect(sent.join('\n')).not.toContain(number)
  expect(sent.join('\n')).not.toContain('signature')
})

test('deleting an entry can be undone for five seconds; then the number is gone from this phone', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  const number = await new EntryPage(page).enter(event.slug)
  await page.goto('/mine')
  const press = page.getByRole('button', { name: `${number} 응모를 이 휴대폰에서 지우기` })
  await press.click()
  await expect(page.getByText(`${number} 기록을 지웠어요`)).toBeVisible()
  await page.waitForTimeout(600)
  await page.getByRole('button', { name: '되돌리기' }).click()
  await expect(cards(page)).toContainText(event.title)
  expect(await storedReceipts(page)).toBe(1)
  await press.click()
  await expect(page.getByText('저장된 응모가 없어요')).toBeVisible({ timeout: 10_000 })
  expect(await storedReceipts(page)).toBe(0)
  await page.goto(`/e/${event.slug}/done`)
  await expect(page.getByText('응모 번호를 보여 드릴 수 없어요')).toBeVisible()
  await new EntryPage(page).open(event.slug)
  await expect(page.getByText('이 휴대폰에서 응모하셨어요.')).toBeHidden()
  expect((await shop.participants(event.id)).items).toHaveLength(1)
})

test('an entry that was deleted stays deleted when the page is left at once', async ({ page, shop }) => {
  const event = await shop.createEvent()
  const number = await new EntryPage(page).enter(event.slug)
  await page.goto('/mine')
  await page.getByRole('button', { name: `${number} 응모를 이 휴대폰에서 지우기` }).click()
  await page.goto(`/e/${event.slug}/check`)
  expect(await storedReceipts(page)).toBe(0)
})

test('deleting all asks, and another tab follows', async ({ page, shop, context }) => {
  const entry = new EntryPage(page)
  const [first, second] = [await shop.createEvent(), await shop.createEvent()]
  await entry.enter(first.slug)
  await page.goto('/mine')
  await expect(page.getByRole('button', { name: '모두 지우기' })).toHaveCount(0)
  await entry.enter(second.slug)
  await page.goto('/mine')
  const other = await context.newPage()
  await other.goto('/mine')
  await expect(cards(other)).toHaveCount(2)
  await page.getByRole('button', { name: '모두 지우기' }).click()
  await expect(page.getByText('2건을 모두 지울까요?')).toBeFocused()
  await page.getByRole('button', { name: '취소' }).click()
  expect(await storedReceipts(page)).toBe(2)
  await page.getByRole('button', { name: '모두 지우기' }).click()
  await page.getByRole('button', { name: '모두 지우기' }).click()
  await expect(page.getByText('저장된 응모가 없어요')).toBeVisible()
  await expect(other.getByText('저장된 응모가 없어요')).toBeVisible()
  for (const { slug } of [first, second]) {
    await page.goto(`/e/${slug}/done`)
    await expect(page.getByText('응모 번호를 보여 드릴 수 없어요')).toBeVisible()
  }
})

test('without a connection the entries are listed, and it says that their events could not be loaded', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  const number = await new EntryPage(page).enter(event.slug)
  await page.route('**/api/trpc/**', (route) => route.abort())
  await page.goto('/mine')
  await expect(cards(page)).toContainText(number)
  await expect(cards(page)).toContainText('지금은 이벤트 소식을 불러올 수 없어요.')
  await page.unroute('**/api/trpc/**')
  await page.getByRole('button', { name: '다시 시도하기' }).click()
  await expect(cards(page)).toContainText(event.title)
})

test('a phone without entries reads where they would come from, and why they may be missing', async ({
  page,
}) => {
  await page.goto('/mine')
  await expect(page.getByText('저장된 응모가 없어요')).toBeVisible()
  await expect(page.getByText('카카오톡이나 인스타그램 안에서 응모했다면')).toBeVisible()
  await expect(page.getByText('7일 동안 열지 않은')).toBeVisible()
  await expectFitAndAccessible(page, 'no entries')
})

test('a browser that forbids storage says so', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('', 'SecurityError')
      },
    })
  })
  await page.goto('/mine')
  await expect(page.getByText('이 브라우저는 저장을 막아 두었어요')).toBeVisible()
  await expectFitAndAccessible(page, 'storage blocked')
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('the page says how to see an entry all the same', async ({ page }) => {
    await page.goto('/mine')
    await expect(page.getByText('응모 번호와 전화번호로 볼 수 있어요')).toBeVisible()
  })
})
