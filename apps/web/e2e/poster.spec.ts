import { connect } from '@eungmo/db/connection/client'
import type { APIRequestContext, Page } from '@playwright/test'
import { OwnerPage } from './pages/owner-page.ts'
import { addPicture } from './support/add-picture.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'
import { pagesOf } from './support/pages-of-pdf.ts'
import { POSTER_QR } from './support/poster-qr.ts'
import { readQrCode } from './support/read-qr-code.ts'
import { untilScriptsRun } from './support/scripts-run.ts'
import type { ShopClient, TestEvent } from './support/shop-client.ts'

/** 60 syllables without a space. */
const LONG_TITLE = '겨울맞이케이크증정행사'.repeat(6).slice(0, 60)
/** How wide the QR code is without its quiet zone, in fractions of the paper's width. */
const QR_WIDTH = 730 / 2_100
const MM_PER_PX = 25.4 / 96

const posterOf = ({ id }: Pick<TestEvent, 'id'>, code = 'sns') =>
  `/admin/events/${id}/channels/${code}/poster`

async function signIn(page: Page, shop: ShopClient): Promise<void> {
  await new OwnerPage(page).signInByRequest(shop.stack)
}

const etagOf = async (request: APIRequestContext, address: string) =>
  (await request.get(address)).headers().etag ?? ''

test('an owner opens the poster of the store from its channel; its QR code counts as a visit, on paper and as a PNG', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent({ title: LONG_TITLE })
  const link = shop.stack.baseUrl + (await shop.storeLink(event.id))
  await signIn(page, shop)
  await page.goto(`/admin/events/${event.id}/channels`)
  await page.getByRole('link', { name: '매장 방문 포스터' }).click()
  await page.waitForURL('**/channels/store/poster')
  const poster = page.getByRole('img')
  await expect(poster).toHaveAccessibleName(
    new RegExp(`${LONG_TITLE}.+카메라로 찍고 20초면 끝.+/e/${event.slug}\\. 링고베이커리`),
  )
  expect(await readQrCode(poster, POSTER_QR)).toBe(link)
  for (const size of ['A4', 'A5']) {
    await page.getByRole('link', { name: size, exact: true }).click()
    await expect(page.getByRole('link', { name: size, exact: true })).toHaveAttribute('aria-current', 'true')
    await page.emulateMedia({ media: 'print' })
    const box = await poster.boundingBox()
    expect((box?.width ?? 0) * MM_PER_PX * QR_WIDTH).toBeGreaterThan(40)
    await page.emulateMedia({ media: 'screen' })
  }
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'PNG 받기' }).click(),
  ])
  expect(download.suggestedFilename()).toBe(`${event.slug}-store-poster.png`)
  await page.goto(`${posterOf(event, 'store')}.png`)
  const picture = page.getByRole('img')
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1_748)
  expect(await readQrCode(picture, POSTER_QR)).toBe(link)
})

test('the poster prints on one page of A4 and of A5, also from a dark page', async ({ page, shop }) => {
  const event = await shop.createEvent({ title: LONG_TITLE })
  await signIn(page, shop)
  await page.emulateMedia({ colorScheme: 'dark' })
  for (const [size, box] of [
    ['a4', /MediaBox \[0 0 59[45]\.\d* 84[12]\.\d*\]/],
    ['a5', /MediaBox \[0 0 (419|420)(\.\d*)? 59[45]\.\d*\]/],
  ] as const) {
    await page.goto(`${posterOf(event)}?size=${size}`)
    const pdf = await page.pdf({ preferCSSPageSize: true })
    expect(pagesOf(pdf)).toBe(1)
    expect(pdf.toString('latin1')).toMatch(box)
  }
})

test('the poster is Korean by default and English by a switch, whatever the language of its page', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  await signIn(page, shop)
  await page.goto(`${posterOf(event)}?lang=en`)
  await expect(page.getByRole('img')).toHaveAccessibleName(/카메라로 찍고 20초면 끝/)
  await page.getByRole('link', { name: 'English' }).click()
  await expect(page.getByRole('img')).toHaveAccessibleName(/Scan and enter in 20 seconds/)
  const english = await etagOf(page.request, `${posterOf(event)}.svg?language=en`)
  expect(await etagOf(page.request, `${posterOf(event)}.svg?lang=en`)).not.toBe(english)
})

test('a poster is drawn again when its event changes, and stays the viewer’s own', async ({ page, shop }) => {
  const event = await shop.createEvent()
  await signIn(page, shop)
  const svg = await page.request.get(`${posterOf(event)}.svg`)
  expect(svg.headers()['content-type']).toBe('image/svg+xml')
  expect(svg.headers()['cache-control']).toBe('private, no-cache')
  // Outlines alone: no text, no script.
  expect(await svg.text()).not.toMatch(/<text|<script|시험/)
  const { etag = '' } = svg.headers()
  const again = (tag: string) =>
    page.request.get(`${posterOf(event)}.svg`, { headers: { 'if-none-match': tag } })
  expect((await again(etag)).status()).toBe(304)
  await shop.call('PATCH', `/events/${event.id}`, { title: '다른 제목' })
  expect((await again(etag)).status()).toBe(200)
})

const states: [string, (shop: ShopClient, event: TestEvent) => Promise<unknown>][] = [
  ['마감된 이벤트예요', (shop, { id }) => shop.close(id)],
  ['취소된 이벤트예요', (shop, { id }) => shop.cancel(id)],
  [
    '더 이상 쓰지 않는 QR이에요',
    (shop, { id }) => shop.mutate('channels.archive', { eventId: id, entryPath: 'SNS' }),
  ],
  [
    '잠시 멈춘 이벤트예요',
    async ({ stack }, { id }) => {
      const { sql, close } = connect(stack.databaseUrl, { max: 1 })
      await sql`update events set pause_reason = '확인 중', paused_at = now() where id = ${id}`
      await close()
    },
  ],
]

test('where its QR code leads to no form, a poster has a red strip and needs a second press', async ({
  page,
  shop,
}) => {
  await signIn(page, shop)
  const draft = await shop.createEvent({ publish: false })
  await page.goto(posterOf(draft))
  await expect(page.getByRole('img')).toHaveAccessibleName(/^아직 공개하지 않은 이벤트예요/)
  await expect(page.getByRole('button', { name: '인쇄하기' })).toBeHidden()

  for (const [strip, change] of states) {
    const event = await shop.createEvent()
    const before = await etagOf(page.request, `${posterOf(event)}.png`)
    await page.goto(posterOf(event))
    await expect(page.getByRole('button', { name: '인쇄하기' })).toBeVisible()
    await change(shop, event)
    await page.reload()
    await untilScriptsRun(page)
    await expect(page.getByRole('img')).toHaveAccessibleName(new RegExp(`^${strip}`))
    expect(await etagOf(page.request, `${posterOf(event)}.png`)).not.toBe(before)
    await expect(page.getByText(strip)).toBeVisible()
    await expect(page.getByRole('button', { name: '인쇄하기' })).toBeHidden()
    await page.getByText('그래도 인쇄하기').click()
    await expect(page.getByRole('button', { name: '인쇄하기' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'PNG 받기' })).toBeVisible()
  }
})

test('the page of a poster fits a phone and is accessible, with and without a strip', async ({
  page,
  shop,
}) => {
  const open = await shop.createEvent({ title: LONG_TITLE })
  const closed = await shop.createEvent()
  await shop.close(closed.id)
  await signIn(page, shop)
  await page.setViewportSize({ width: 360, height: 740 })
  for (const event of [open, closed])
    for (const language of ['ko', 'en'])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.goto(`${posterOf(event)}?lang=${language}`)
        await expectFitAndAccessible(page, `poster, ${language}, ${colorScheme}`, colorScheme === 'dark')
      }
})

test('the poster of an event with a picture shows it, says what it shows, and prints it on one page', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent({ title: LONG_TITLE })
  await signIn(page, shop)
  const without = await etagOf(page.request, `${posterOf(event)}.png`)
  await addPicture(shop.stack, event.id, 'a')
  expect(await etagOf(page.request, `${posterOf(event)}.png`)).not.toBe(without)
  expect(await (await page.request.get(`${posterOf(event)}.svg`)).text()).toContain('data:image/jpeg;base64,')
  await page.goto(posterOf(event))
  await expect(page.getByRole('img')).toHaveAccessibleName(new RegExp(`${LONG_TITLE}. 딸기 케이크`))
  expect(await readQrCode(page.getByRole('img'), { left: 0, top: 0.86, width: 0.37 })).toContain(event.slug)
  expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toBe(1)
})

test('an unknown channel has no poster', async ({ page, shop }) => {
  const event = await shop.createEvent()
  await signIn(page, shop)
  for (const end of ['', '.svg', '.png'])
    expect((await page.request.get(posterOf(event, 'nothing') + end)).status()).toBe(404)
})

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('a poster is shown in both sizes, prints, and is downloaded after a second press', async ({
    page,
    shop,
  }) => {
    const event = await shop.createEvent()
    await shop.close(event.id)
    await signIn(page, shop)
    await page.goto(posterOf(event))
    await page.getByRole('link', { name: 'A5', exact: true }).click()
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toBe(1)
    await page.getByText('그래도 인쇄하기').click()
    await expect(page.getByRole('link', { name: 'PNG 받기' })).toBeVisible()
    await expect(page.getByRole('button', { name: '인쇄하기' })).toHaveCount(0)
  })
})
