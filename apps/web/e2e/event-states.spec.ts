import { EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'

const HOUR_MS = 3_600_000

test('a draft and an unknown address get 404', async ({ page, shop }) => {
  const draft = await shop.createEvent({ publish: false })
  for (const slug of [draft.slug, 'there-is-no-such-event']) {
    const response = await page.goto(`/e/${slug}`)
    expect(response?.status()).toBe(404)
    await expect(page.getByRole('heading', { name: '이벤트를 찾을 수 없어요' })).toBeVisible()
  }
})

test('before the start the page says when it begins, and has no form', async ({ page, shop }) => {
  const event = await shop.createEvent({ startsAt: new Date(Date.now() + 24 * HOUR_MS) })
  await page.goto(`/e/${event.slug}`)
  await expect(page.getByRole('heading', { name: '곧 시작해요' })).toBeVisible()
  await expect(page.getByRole('button', { name: '참여하기' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: '시작 알림을 캘린더에 추가' })).toBeVisible()
})

test('an event that closes while the form is open rejects the entry with its own message', async ({
  page,
  shop,
}) => {
  const announcementDate = new Date(Date.now() + HOUR_MS)
  const event = await shop.createEvent({ endsAt: announcementDate, announcementDate })
  const entry = new EntryPage(page)
  await entry.open(event.slug, '?via=sns')
  await entry.fill({ phone: uniquePhoneNumber() })
  await shop.close(event.id, announcementDate)
  await entry.submit.click()
  await expect(page.getByText('참여 기간이 끝난 이벤트예요')).toBeVisible()

  await page.reload()
  await expect(page.getByRole('heading', { name: '응모가 마감됐어요' })).toBeVisible()
  await expect(page.getByRole('link', { name: '내 응모 확인하기' })).toBeVisible()
})

test('a page that is open when the event starts shows the form, and the closed event when it ends', async ({
  page,
  shop,
}) => {
  const startsAt = new Date(Date.now() + 3_000)
  const announcementDate = new Date(Date.now() + HOUR_MS)
  const event = await shop.createEvent({ startsAt, endsAt: announcementDate, announcementDate })
  const entry = new EntryPage(page)
  await page.goto(`/e/${event.slug}`)
  await expect(page.getByRole('heading', { name: '곧 시작해요' })).toBeVisible()
  await expect(page.getByText('이 화면이 저절로 응모 화면으로 바뀌어요.')).toBeVisible()
  await expect(entry.submit).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('status').filter({ hasText: '응모가 시작됐어요.' })).toHaveCount(1)
  await page.reload()
  await expect(page.getByRole('status').filter({ hasText: '응모가 시작됐어요.' })).toHaveCount(0)

  await shop.call('PATCH', `/events/${event.id}`, { endsAt: new Date(Date.now() + 4_000) })
  await page.reload()
  await entry.name.fill('김하늘')
  await expect(page.getByRole('heading', { name: '응모가 마감됐어요' })).toBeVisible({ timeout: 20_000 })
})

test('a phone whose clock is an hour slow gets the form when the event starts', async ({ page, shop }) => {
  await page.addInitScript((behind) => {
    const now = Date.now
    Date.now = () => now() - behind
  }, HOUR_MS)
  const event = await shop.createEvent({ startsAt: new Date(Date.now() + 4_000) })
  await page.goto(`/e/${event.slug}`)
  await expect(page.getByRole('heading', { name: '곧 시작해요' })).toBeVisible()
  await expect(new EntryPage(page).submit).toBeVisible({ timeout: 30_000 })
})

test('a page in the background looks for nothing, and is the form soon after it is seen again', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent({ startsAt: new Date(Date.now() + 3_000) })
  const hide = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { value, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }, hidden)
  await page.goto(`/e/${event.slug}`)
  await hide(true)
  let looks = 0
  page.on('request', (request) => {
    if (request.resourceType() === 'fetch') looks++
  })
  await page.waitForTimeout(5_000)
  expect(looks).toBe(0)
  await hide(false)
  await expect(new EntryPage(page).submit).toBeVisible({ timeout: 20_000 })
})

test('a start that the owner moves is waited for without a look every few seconds', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent({ startsAt: new Date(Date.now() + 3_000) })
  await page.goto(`/e/${event.slug}`)
  await shop.call('PATCH', `/events/${event.id}`, { startsAt: new Date(Date.now() + 24 * HOUR_MS) })
  let looks = 0
  page.on('request', (request) => {
    if (request.resourceType() === 'fetch') looks++
  })
  await page.waitForTimeout(22_000)
  expect(looks).toBeLessThanOrEqual(1)
  await expect(page.getByRole('heading', { name: '곧 시작해요' })).toBeVisible()
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('a page from before the start has a link that looks again', async ({ page, shop }) => {
    const event = await shop.createEvent({ startsAt: new Date(Date.now() + 3_000) })
    await page.goto(`/e/${event.slug}?via=sns`)
    await page.waitForTimeout(3_000)
    await page.getByRole('link', { name: '시작했는지 다시 보기' }).click()
    await expect(new EntryPage(page).submit).toBeVisible()
    await expect(page.getByText('SNS에서 오셨군요')).toBeVisible()
  })
})

test('a phone whose clock is wrong loses nothing that was typed', async ({ page, shop }) => {
  await page.addInitScript((ahead) => {
    const now = Date.now
    Date.now = () => now() + ahead
  }, 1_000 * HOUR_MS)
  const entry = new EntryPage(page)
  const looked = page.waitForResponse((response) => response.request().resourceType() === 'fetch')
  await entry.open((await shop.createEvent()).slug)
  await entry.name.fill('김하늘')
  await looked
  await expect(entry.name).toHaveValue('김하늘')
  await expect(entry.submit).toBeVisible()
})

test('one press switches to English, and the choice persists', async ({ page, shop }) => {
  const event = await shop.createEvent()
  await page.goto(`/e/${event.slug}?via=sns`)
  await page.getByRole('link', { name: 'English' }).click()
  await expect(page.getByRole('button', { name: 'Enter' })).toBeVisible()
  await expect(page.getByText('You came from SNS')).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.goto(`/e/${event.slug}`)
  await expect(page.getByRole('button', { name: 'Enter' })).toBeVisible()
})
