import { uniquePhoneNumber } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'
import type { ShopClient } from './support/shop-client.ts'

/** Accept-Encoding, and the encoding of a response that is compressed once; undefined: not compressed. */
const ACCEPTED = [
  ['identity', undefined],
  ['*;q=0', undefined],
  ['x-odd, ;q=;', undefined],
  ['gzip', 'gzip'],
  ['br', 'br'],
] as const

async function drawnEvent(shop: ShopClient) {
  const event = await shop.createEvent()
  await Promise.all(Array.from({ length: 60 }, () => shop.enter(event.id, uniquePhoneNumber())))
  await shop.close(event.id)
  return { ...event, ...(await shop.draw(event.id, 1)) }
}

test('what everybody sees is compressed as its reader accepts it', async ({ request, shop }) => {
  const { id, slug, drawLogId } = await drawnEvent(shop)
  const open = await shop.createEvent()
  const storedAlike = [
    `/e/${slug}`,
    `/e/${slug}/winners`,
    `/verify/${drawLogId}`,
    `/verify/${drawLogId}/entries.csv`,
    `/verify/${drawLogId}/transcript.json`,
    `/api/v1/events/${id}/chain`,
    `/api/v1/draws/${drawLogId}/entries`,
  ]
  const addresses = [
    `/e/${open.slug}`,
    `/e/${open.slug}?unusual=1`,
    `/e/${slug}`,
    `/e/${slug}/winners`,
    '/e/there-is-no-such-event',
    `/verify/${drawLogId}`,
    `/verify/${drawLogId}/entries.csv`,
    `/verify/${drawLogId}/transcript.json`,
    '/verify/spec',
    '/api/openapi.json',
    `/api/v1/events/${id}/chain`,
    `/api/v1/draws/${drawLogId}/entries`,
  ]
  for (const address of addresses) {
    for (const [accepted, expected] of ACCEPTED) {
      const where = `${address} for ${accepted}`
      // What is the same for everybody is stored in br too.
      const encoding = expected === 'br' && !storedAlike.includes(address) ? undefined : expected
      for (let round = 0; round < 2; round++) {
        const response = await request.get(address, { headers: { 'accept-encoding': accepted } })
        const headers = response.headers()
        expect(headers['content-encoding'], where).toBe(encoding)
        expect(headers.vary, where).toMatch(/accept-encoding/i)
        expect((await response.text()).length, where).toBeGreaterThan(1_000)
      }
      const head = await request.head(address, { headers: { 'accept-encoding': accepted } })
      expect(head.status(), where).toBe(address.includes('no-such') ? 404 : 200)
      expect(head.headers().vary, where).toMatch(/accept-encoding/i)
    }
  }
})

test('a body that holds a secret beside what was requested is not compressed', async ({ request, shop }) => {
  const { slug, id } = await drawnEvent(shop)
  const cookie = await shop.sessionCookie()
  const addresses = [`/e/${slug}/check?number=AAAA-BBBB`, `/admin/events/${id}`, '/admin/events']
  for (const address of addresses) {
    const response = await request.get(address, { headers: { cookie, 'accept-encoding': 'gzip, br' } })
    expect(response.status()).toBe(200)
    expect(response.headers()['content-encoding'], address).toBeUndefined()
  }
})

test('a build file is sent as its reader accepts it, whole to HEAD, and in part to Range', async ({
  request,
  page,
}) => {
  await page.goto('/e/there-is-no-such-event')
  const style = await page.locator('link[rel=stylesheet]').first().getAttribute('href')
  const { href } = new URL(style ?? '', page.url())
  const plain = await (await request.get(href, { headers: { 'accept-encoding': 'identity' } })).text()
  const etags = new Set<string | undefined>()
  for (const [accepted, encoding] of ACCEPTED) {
    const headers = { 'accept-encoding': accepted }
    const response = await request.get(href, { headers })
    expect(response.headers()['content-encoding']).toBe(encoding)
    expect(response.headers().vary).toBe('accept-encoding')
    expect(await response.text()).toBe(plain)
    etags.add(response.headers().etag)
    const head = await request.head(href, { headers })
    expect(head.headers()['content-length']).toBe(response.headers()['content-length'])
    const { etag = '' } = response.headers()
    const again = await request.get(href, { headers: { ...headers, 'if-none-match': etag } })
    expect(again.status()).toBe(304)
  }
  expect(etags.size).toBe(3)
  const part = await request.get(href, { headers: { 'accept-encoding': 'identity', range: 'bytes=10-19' } })
  const text = await part.text()
  expect([200, 206]).toContain(part.status())
  expect(part.status() === 206 ? text : text.slice(10, 20)).toBe(plain.slice(10, 20))
})
