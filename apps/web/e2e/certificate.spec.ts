import { connect } from '@eungmo/db/connection/client'
import type { APIRequestContext, Page } from '@playwright/test'
import { uniquePhoneNumber } from './pages/entry-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'
import { pagesOf } from './support/pages-of-pdf.ts'
import type { ShopClient } from './support/shop-client.ts'

const HOUR_MS = 3_600_000
/** 60 syllables without a space. */
const LONG_TITLE = '겨울맞이케이크증정행사'.repeat(6).slice(0, 60)
const applicationNumber = /(?<![-\w])[0-9A-Z]{4}-[0-9A-Z]{4}(?![-\w])/g

interface Fields {
  title?: string
  winnerCount?: number
  announcementDate?: Date
}

async function drawnEvent(shop: ShopClient, { title, winnerCount = 2, announcementDate }: Fields = {}) {
  const event = await shop.createEvent({ winnerCount, ...(title ? { title } : {}) })
  for (let entry = 0; entry < winnerCount + 2; entry++) await shop.enter(event.id, uniquePhoneNumber())
  await shop.close(event.id, announcementDate)
  const { drawLogId } = await shop.draw(event.id, winnerCount)
  const address = `/verify/${drawLogId}/certificate`
  return { ...event, drawLogId, address, picture: `${address}.png` }
}

/** The winning numbers that anybody can read in the transcript. */
async function publicNumbers(request: APIRequestContext, drawLogId: string): Promise<string[]> {
  const transcript = await (await request.get(`/api/v1/draws/${drawLogId}/transcript`)).json()
  return transcript.openings.map((opening: { applicationNumber: string }) => opening.applicationNumber)
}

const numbersOf = async (page: Page) => (await page.content()).match(applicationNumber) ?? []

/** A PNG's width and height in px. */
function sizeOf(png: Buffer): [number, number] {
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  return [png.readUInt32BE(16), png.readUInt32BE(20)]
}

test('the certificate is reached from winners and verification, fits a phone, and prints on one page of A4', async ({
  page,
  request,
  shop,
}, testInfo) => {
  const event = await drawnEvent(shop, { title: LONG_TITLE, winnerCount: 5 })
  await page.goto(`/e/${event.slug}/winners`)
  await page.getByRole('link', { name: '추첨 증서' }).click()
  await expect(page.getByRole('heading', { name: LONG_TITLE })).toBeVisible()
  const main = page.getByRole('main')
  await expect(main).toContainText('7명 · 응모권 7장')
  await expect(main).toContainText('7명의 명단을 잠갔어요.')
  await expect(main).toContainText('공개 난수 없이 5명을 뽑아서, 주최자가 결과를 미리 알 수 있었어요.')
  await expect(main).toContainText('누구나 QR에서 다시 계산해 볼 수 있어요.')
  await expect(page.getByRole('img', { name: '공개 난수로 뽑은 추첨' })).toHaveCount(0)
  await expect(page.getByRole('img', { name: '추첨 검증 페이지로 가는 QR 코드' })).toBeVisible()
  expect(new Set(await numbersOf(page))).toEqual(new Set(await publicNumbers(request, event.drawLogId)))

  await page.setViewportSize({ width: 360, height: 740 })
  await expectFitAndAccessible(page, 'certificate at 360 px')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectFitAndAccessible(page, 'certificate at 360 px, dark')
  await page.goto(`${event.address}?lang=en`)
  await expectFitAndAccessible(page, 'certificate in English')

  const pdf = await page.pdf({ preferCSSPageSize: true, path: testInfo.outputPath('certificate.pdf') })
  expect(pagesOf(pdf)).toBe(1)
  await page.getByRole('link', { name: 'Back to the verification' }).click()
  await expect(page.getByRole('link', { name: 'Certificate of the draw' })).toBeVisible()
})

test('a thousand winners print on one page, and the page says how many more there are', async ({
  page,
  shop,
}) => {
  const event = await drawnEvent(shop)
  const { sql, close } = connect(shop.stack.databaseUrl, { max: 1 })
  await sql`
    insert into draw_winners (draw_log_id, draw_rank, event_id, slot, entry_index, entry_id, participant_id, standing, selected_at)
    select w.draw_log_id, n, w.event_id, n, n + 1000, 'more-' || n, w.participant_id, 'selected', w.selected_at
    from draw_winners w, generate_series(100, 1097) n where w.event_id = ${event.id} and w.slot = 1`
  await close()
  await page.goto(event.address)
  await expect(page.getByRole('main')).toContainText('외 940명')
  expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toBe(1)
})

test('the picture is a PNG of 1080 × 1350 px in both languages, drawn once per version', async ({
  request,
  shop,
}) => {
  const event = await drawnEvent(shop, { title: LONG_TITLE })
  const get = async (query: string, headers = {}) => request.get(event.picture + query, { headers })
  const korean = await get('?lang=ko')
  expect(korean.headers()).toMatchObject({ 'content-type': 'image/png', 'x-robots-tag': 'noindex' })
  expect(sizeOf(await korean.body())).toEqual([1080, 1350])
  const english = await get('?lang=en')
  expect((await english.body()).equals(await korean.body())).toBe(false)
  const etag = korean.headers().etag ?? ''
  expect((await get('?lang=ko', { 'if-none-match': etag })).status()).toBe(304)
  expect((await get('?lang=ko')).headers().etag).toBe(etag)
  await shop.call('POST', `/draws/${event.drawLogId}/redraw`, { ranks: [1], reason: 'declined' })
  expect((await get('?lang=ko', { 'if-none-match': etag })).status()).toBe(200)
})

test('before the announcement neither the page, its data nor the picture has a number', async ({
  page,
  request,
  shop,
}) => {
  const event = await drawnEvent(shop, { announcementDate: new Date(Date.now() + 48 * HOUR_MS) })
  await shop.call('POST', `/draws/${event.drawLogId}/redraw`, { ranks: [1], reason: 'declined' })
  await page.goto(event.address)
  await expect(page.getByRole('main')).toContainText(/당첨 번호는 .+에 공개해요\./)
  await expect(page.getByText('사양')).toHaveCount(0)
  expect(await numbersOf(page)).toEqual([])
  expect(await (await request.get(`${event.address}/__data.json`)).text()).not.toMatch(applicationNumber)
  const etag = (await request.get(event.picture)).headers().etag

  const { sql, close } = connect(shop.stack.databaseUrl, { max: 1 })
  await sql`update events set announcement_date = now() - interval '1 second' where id = ${event.id}`
  await close()
  await page.reload()
  expect(new Set(await numbersOf(page)).size).toBe(2)
  await expect(page.getByText(/^1번째 · [\d.]+ · 사양$/)).toBeVisible()
  expect((await request.get(event.picture)).headers().etag).not.toBe(etag)
})

test('a replaced winner is listed with a neutral reason, whatever the owner wrote', async ({
  page,
  shop,
}) => {
  const event = await drawnEvent(shop)
  await shop.call('POST', `/draws/${event.drawLogId}/redraw`, { ranks: [2], reason: '부정 응모로 보임' })
  for (const address of [event.address, `/e/${event.slug}/winners`]) {
    await page.goto(address)
    await expect(page.getByRole('main')).toContainText('자격 확인')
    expect(await page.content()).not.toContain('부정')
  }
})

test('after the destruction the numbers are gone, the page says so, and the draw still verifies', async ({
  page,
  request,
  shop,
}) => {
  const event = await drawnEvent(shop)
  await shop.call('POST', `/draws/${event.drawLogId}/redraw`, { ranks: [1], reason: 'declined' })
  const etag = (await request.get(event.picture)).headers().etag
  const { sql, close } = connect(shop.stack.databaseUrl, { max: 1 })
  await sql`update events set destruction_requested_at = now() where id = ${event.id}`
  await close()
  await page.goto(event.address)
  await expect(page.getByRole('main')).toContainText('개인정보를 지워서 당첨 번호는 남아 있지 않아요.')
  await expect(page.getByRole('main')).not.toContainText('바뀐 당첨')
  expect(await numbersOf(page)).toEqual([])
  expect((await request.get(event.picture)).headers().etag).not.toBe(etag)
  await page.goto(`/verify/${event.drawLogId}`)
  await expect(page.getByText('다시 계산해도 같은 결과입니다.')).toBeVisible()
})

test('a pause hides the numbers', async ({ page, shop }) => {
  const event = await drawnEvent(shop)
  const { sql, close } = connect(shop.stack.databaseUrl, { max: 1 })
  await sql`update events set pause_reason = '확인 중', paused_at = now() where id = ${event.id}`
  await close()
  await page.goto(event.address)
  await expect(page.getByRole('main')).toContainText('운영자가 이벤트를 잠시 멈춰서')
  expect(await numbersOf(page)).toEqual([])
})

test('an unknown draw has no certificate', async ({ request }) => {
  for (const address of [
    `/verify/${crypto.randomUUID()}/certificate`,
    `/verify/${crypto.randomUUID()}/certificate.png`,
  ])
    expect((await request.get(address)).status()).toBe(404)
})
