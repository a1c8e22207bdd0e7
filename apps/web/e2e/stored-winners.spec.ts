import { connect } from '@eungmo/db/connection/client'
import type { APIRequestContext } from '@playwright/test'
import { uniquePhoneNumber } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'
import type { ShopClient } from './support/shop-client.ts'

async function drawnEvent(shop: ShopClient, announcementDate?: Date) {
  const event = await shop.createEvent({ winnerCount: 2 })
  for (let entry = 0; entry < 4; entry++) await shop.enter(event.id, uniquePhoneNumber())
  await shop.close(event.id, announcementDate)
  const { drawLogId } = await shop.draw(event.id, 2)
  return { ...event, drawLogId, address: `/e/${event.slug}/winners` }
}

/** Not a part of an id. */
const applicationNumber = /(?<![-\w])[0-9A-Z]{4}-[0-9A-Z]{4}(?![-\w])/g

/** A page without what belongs to one response. */
async function read(request: APIRequestContext, address: string, headers: Record<string, string> = {}) {
  const response = await request.get(address, { headers })
  expect(response.status()).toBe(200)
  const shared = response.headers()
  for (const own of ['date', 'x-request-id', 'content-length', 'transfer-encoding']) delete shared[own]
  return { html: await response.text(), headers: shared }
}

test('a stored winners page is byte for byte the rendered one, in both languages and every encoding', async ({
  request,
  shop,
}) => {
  const { address } = await drawnEvent(shop)
  for (const query of ['', '?lang=en', '?lang=ko', '?after=1', '?after=1&lang=en']) {
    const plain = { 'accept-encoding': 'identity' }
    const rendered = await read(request, address + query, plain)
    expect(await read(request, address + query, plain)).toEqual(rendered)
    expect(rendered.headers['content-security-policy']).toContain("script-src 'self'")
    expect(rendered.headers['content-security-policy']).not.toContain("script-src 'self' 'unsafe-inline'")
    for (const encoding of ['br', 'gzip']) {
      const stored = await read(request, address + query, { 'accept-encoding': encoding })
      expect(stored.html).toBe(rendered.html)
      expect(stored.headers['content-encoding']).toBe(encoding)
    }
  }
})

test('a browser that has the page already gets 304, until something changes', async ({ request, shop }) => {
  const { address, drawLogId } = await drawnEvent(shop)
  const { etag = '' } = (await read(request, address)).headers
  const again = async () => (await request.get(address, { headers: { 'if-none-match': etag } })).status()
  expect(await again()).toBe(304)
  await shop.call('POST', `/draws/${drawLogId}/redraw`, { ranks: [1], reason: 'declined' })
  expect(await again()).toBe(200)
})

test('a redraw and the destruction of personal data show at the next request', async ({ request, shop }) => {
  const { id, address, drawLogId } = await drawnEvent(shop)
  const html = async () => (await read(request, address)).html
  const numbers = async () => (await html()).match(applicationNumber) ?? []
  const before = await numbers()
  await shop.call('POST', `/draws/${drawLogId}/redraw`, { ranks: [1], reason: 'declined' })
  const after = await numbers()
  expect(after).not.toEqual(before)
  expect(await html()).toContain('바뀐 당첨')

  const { sql, close } = connect(shop.stack.databaseUrl, { max: 1 })
  await sql`update participants set name = null, phone_number = null, application_number = null where event_id = ${id}`
  await close()
  expect(await numbers()).toEqual([])
})

test('the instant of the announcement shows at once', async ({ request, shop }) => {
  const { address } = await drawnEvent(shop, new Date(Date.now() + 6_000))
  const isAnnounced = async () => !(await read(request, address)).html.includes('아직 발표 전이에요')
  expect(await isAnnounced()).toBe(false)
  await expect.poll(isAnnounced, { intervals: [50], timeout: 15_000 }).toBe(true)
})
