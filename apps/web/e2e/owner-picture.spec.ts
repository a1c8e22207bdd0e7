import { writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { OwnerPage } from './pages/owner-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'
import { photo } from './support/picture-files.ts'
import { untilScriptsRun } from './support/scripts-run.ts'
import type { ShopClient, TestEvent } from './support/shop-client.ts'

const file = (buffer: Buffer, name = 'cake.jpg') => ({ name, mimeType: 'image/jpeg', buffer })
const field = (page: Page) => page.getByLabel('사진 (선택)')

async function openPicturePage(page: Page, shop: ShopClient, event: TestEvent): Promise<void> {
  await new OwnerPage(page).signInByRequest(shop.stack)
  await page.goto(`/admin/events/${event.id}/picture`)
}

async function save(page: Page): Promise<void> {
  const saved = page.waitForResponse((response) => response.url().endsWith('?/save'))
  await page.getByRole('button', { name: '저장' }).click()
  await saved
}

test('an owner uploads a picture, replaces it, and removes it; the entry page follows at once', async ({
  page,
  shop,
  browser,
}) => {
  const event = await shop.createEvent()
  await openPicturePage(page, shop, event)
  await field(page).setInputFiles(file(await photo()))
  await expect(page.getByRole('img', { name: '고른 사진' })).toBeVisible()
  await page.getByLabel('사진 설명').fill('초를 꽂은 딸기 케이크')
  await save(page)
  await expect(page.getByText('사진을 저장했어요.')).toBeVisible()
  await page.setViewportSize({ width: 360, height: 740 })
  await expectFitAndAccessible(page, 'the page of the picture')

  const customer = await (await browser.newContext({ baseURL: shop.stack.baseUrl })).newPage()
  const blocked: string[] = []
  customer.on('console', (message) => void (message.type() === 'error' && blocked.push(message.text())))
  await customer.goto(`/e/${event.slug}`)
  const picture = customer.getByRole('img', { name: '초를 꽂은 딸기 케이크' })
  await expect(picture).toBeVisible()
  await picture.evaluate((img: HTMLImageElement) => img.decode())
  expect(blocked).toEqual([])
  const first = (await picture.getAttribute('src')) ?? ''
  const stored = await customer.request.get(first)
  expect(stored.headers()).toMatchObject({
    'content-type': 'image/webp',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  })

  await field(page).setInputFiles(file(await photo('#c03020')))
  await save(page)
  await customer.reload()
  await expect(picture).not.toHaveAttribute('src', first)
  expect((await customer.request.get(first)).status()).toBe(404)

  await page.getByText('사진 빼기').first().click()
  await page.getByRole('button', { name: '사진 빼기' }).click()
  await expect(page.getByText('경품이나 매장 사진 한 장을')).toBeVisible()
  await customer.reload()
  await expect(customer.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(picture).toBeHidden()
})

test('a picture is chosen with a new event: what is wrong with it is said, and nothing typed is lost', async ({
  page,
  shop,
}) => {
  await new OwnerPage(page).signInByRequest(shop.stack)
  await page.goto('/admin/events/new')
  await untilScriptsRun(page)
  await page.getByLabel('이벤트 제목').fill('사진이 있는 이벤트')
  await page.getByLabel('1번째 경품 이름').fill('케이크')
  await field(page).setInputFiles(file(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'.repeat(9))))
  await expect(page.getByText('이 사진은 읽을 수 없어요. JPEG, PNG, WebP 사진을 골라 주세요.')).toBeVisible()
  const large = test.info().outputPath('large.jpg')
  await writeFile(large, Buffer.alloc(8_000_001))
  await field(page).setInputFiles(large)
  await expect(page.getByText('사진은 8MB까지 올릴 수 있어요.')).toBeVisible()

  await field(page).setInputFiles(file(await photo('#2040c0', 390, 300)))
  await page.getByRole('button', { name: '이벤트 만들기' }).click()
  await expect(page.getByText('사진 설명을 적어 주세요.')).toBeVisible()
  await page.getByLabel('사진 설명').fill('작은 케이크')
  await page.getByRole('button', { name: '이벤트 만들기' }).click()
  await expect(page.getByText(/사진이 너무 작아요/).first()).toBeVisible()
  await expect(page.getByLabel('이벤트 제목')).toHaveValue('사진이 있는 이벤트')

  await field(page).setInputFiles(file(await photo()))
  await page.getByRole('button', { name: '이벤트 만들기' }).click()
  await page.waitForURL('**/overview')
  const { pathname } = new URL(page.url())
  await page.goto('/admin/events')
  await expect(page.getByText('사진이 있는 이벤트')).toHaveCount(1)
  await page.goto(pathname.replace('overview', 'preview'))
  const picture = page.getByRole('img', { name: '작은 케이크' })
  await picture.evaluate((img: HTMLImageElement) => img.decode())
  expect(await picture.evaluate((img: HTMLImageElement) => img.currentSrc)).toContain('/small.webp')
})

test('an owner uploads by keyboard alone, and describes the picture in other words', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  await openPicturePage(page, shop, event)
  await untilScriptsRun(page)
  await field(page).focus()
  await expect(field(page)).toBeFocused()
  await field(page).setInputFiles(file(await photo()))
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('사진 설명')).toBeFocused()
  await page.keyboard.type('케이크')
  await page.keyboard.press('Enter')
  await expect(page.getByText('사진을 저장했어요.')).toBeVisible()
  await page.getByLabel('사진 설명').fill('초를 꽂은 케이크')
  await save(page)
  await expect(page.getByRole('img', { name: '초를 꽂은 케이크' })).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('사진 설명')).toHaveValue('초를 꽂은 케이크')
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('an owner uploads a picture, reads what is wrong with it, and removes it', async ({ page, shop }) => {
    const event = await shop.createEvent()
    await openPicturePage(page, shop, event)
    await field(page).setInputFiles(file(Buffer.from('GIF89a'.repeat(99)), 'cake.jpg'))
    await page.getByLabel('사진 설명').fill('딸기 케이크')
    await page.getByRole('button', { name: '저장' }).click()
    await expect(page.getByText('JPEG, PNG, WebP 사진을 올려 주세요')).toBeVisible()
    await expect(page.getByLabel('사진 설명')).toHaveValue('딸기 케이크')
    await field(page).setInputFiles(file(await photo()))
    await page.getByRole('button', { name: '저장' }).click()
    await expect(page.getByText('사진을 저장했어요.')).toBeVisible()
    await expect(page.getByRole('img', { name: '딸기 케이크' })).toBeVisible()
    await page.locator('summary', { hasText: '사진 빼기' }).click()
    await page.getByRole('button', { name: '사진 빼기' }).click()
    await expect(page.getByRole('img', { name: '딸기 케이크' })).toBeHidden()
  })
})
