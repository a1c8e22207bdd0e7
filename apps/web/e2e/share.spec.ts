import type { Page } from '@playwright/test'
import { EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'

declare global {
  var shared: ShareData[]
  var copied: string[]
}

/** Replaces the phone's share sheet, which no test can press; `cause` is the name of the error with which it fails. */
const replaceShareSheet = (page: Page, cause?: string) =>
  page.addInitScript((name) => {
    globalThis.shared = []
    const share = (data: ShareData) => {
      globalThis.shared.push(data)
      return name ? Promise.reject(new DOMException('', name)) : Promise.resolve()
    }
    Object.defineProperty(navigator, 'share', { value: share, configurable: true })
  }, cause)

/** Takes the share sheet away, as in the browsers of many apps, and notes what is copied. */
const allowCopying = (page: Page, allowed: boolean) =>
  page.addInitScript((works) => {
    globalThis.copied = []
    Reflect.deleteProperty(Navigator.prototype, 'share')
    Object.defineProperty(navigator, 'clipboard', { value: undefined })
    Reflect.deleteProperty(Navigator.prototype, 'clipboard')
    document.execCommand = () => {
      if (works) globalThis.copied.push(String(getSelection()))
      return works
    }
  }, allowed)

const button = (page: Page) => page.getByRole('button', { name: '공유하기' })
const field = (page: Page) => page.getByRole('textbox', { name: '이벤트 주소' })

test('the entry page, the done page and the winners share the same address, which says nothing of the visitor', async ({
  page,
  shop,
}) => {
  await replaceShareSheet(page)
  const event = await shop.createEvent()
  const url = `${shop.stack.baseUrl}/e/${event.slug}?via=share`
  const entry = new EntryPage(page)
  await entry.open(event.slug, '?via=store&t=a-visit-token')
  await button(page).click()
  expect(await page.evaluate(() => shared)).toEqual([{ title: `${event.title} | 링고베이커리`, url }])
  await entry.enter(event.slug)
  await button(page).click()
  expect(await page.evaluate(() => shared[0]?.url)).toBe(url)
  await shop.close(event.id)
  await shop.draw(event.id, 1)
  await page.goto(`/e/${event.slug}/winners`)
  await expect(button(page)).toBeVisible()
  await button(page).click()
  expect(await page.evaluate(() => shared[0]?.url)).toBe(url)
})

test('who follows a shared address enters as any other, and still says where the event was seen', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  const entry = new EntryPage(page)
  await entry.open(event.slug, '?via=share')
  await entry.fill({ phone: uniquePhoneNumber(), path: 'SNS' })
  await entry.submit.click()
  await expect(entry.applicationNumber).toBeVisible()
  await expect
    .poll(async () => (await shop.analytics(event.id)).channels)
    .toContainEqual({
      entryPath: 'SNS',
      count: 1,
    })
})

test('without a share sheet the address is copied, and the page says so', async ({ page, shop }) => {
  await allowCopying(page, true)
  const event = await shop.createEvent()
  await new EntryPage(page).open(event.slug)
  await button(page).click()
  await expect(page.getByText('주소를 복사했어요.')).toBeVisible()
  expect(await page.evaluate(() => copied)).toEqual([`${shop.stack.baseUrl}/e/${event.slug}?via=share`])
})

test('a sheet that is closed says nothing; one that is not allowed copies', async ({ page, shop }) => {
  const { slug } = await shop.createEvent()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await replaceShareSheet(page, 'AbortError')
  await new EntryPage(page).open(slug)
  await button(page).click()
  await expect(page.getByText('주소를 복사했어요.')).toHaveCount(0)
  await replaceShareSheet(page, 'NotAllowedError')
  await page.reload()
  await button(page).click()
  await expect(page.getByText('주소를 복사했어요.')).toBeVisible()
})

test('where nothing can be shared or copied, the address shows, selected', async ({ page, shop }) => {
  await allowCopying(page, false)
  const event = await shop.createEvent()
  await new EntryPage(page).open(event.slug)
  await button(page).click()
  await expect(page.getByText('주소를 길게 눌러 복사해 주세요.')).toBeVisible()
  await expect(field(page)).toBeFocused()
  expect(await page.evaluate(() => String(getSelection()))).toContain(`/e/${event.slug}?via=share`)
})

test('an event that takes no entries now or later is not shared from its page', async ({ page, shop }) => {
  const event = await shop.createEvent()
  await shop.close(event.id)
  await new EntryPage(page).open(event.slug)
  await expect(page.getByRole('heading', { name: '응모가 마감됐어요' })).toBeVisible()
  await expect(button(page)).toHaveCount(0)
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('the address is there to copy', async ({ page, shop }) => {
    const event = await shop.createEvent()
    await new EntryPage(page).open(event.slug)
    await expect(button(page)).toHaveCount(0)
    await page.getByText('이벤트 주소').click()
    await expect(field(page)).toHaveValue(`${shop.stack.baseUrl}/e/${event.slug}?via=share`)
  })
})
