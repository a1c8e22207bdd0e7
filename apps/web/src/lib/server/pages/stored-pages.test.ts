import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { StoredPages } from './stored-pages.ts'

const request = (headers: Record<string, string> = {}) => new Request('http://localhost/e/a', { headers })
const ID = '0123abcd'
const long = '감사합니다 '.repeat(200)

const rendered = (id: string, init?: ResponseInit) =>
  new Response(`${long}<form><input name="submissionId" value="${id}"></form>${long}`, {
    headers: { 'content-type': 'text/html', 'content-security-policy': "default-src 'self'", etag: '"1"' },
    ...init,
  })
const shared = () => new Response(long, { headers: { 'content-type': 'text/html', etag: '"1"' } })

test('a stored page is what was rendered, with the id of its visitor', async () => {
  const pages = new StoredPages()
  expect(pages.respond('key', request(), 'bbbbbbbb')).toBeUndefined()
  const first = await pages.store('key', request(), ID, rendered(ID))
  expect(await first.text()).toBe(await rendered(ID).text())
  const second = await pages.respond('key', request(), 'bbbbbbbb')
  expect(await second?.text()).toBe(await rendered('bbbbbbbb').text())
  expect(Object.fromEntries(second?.headers ?? [])).toEqual({
    'content-type': 'text/html',
    'content-security-policy': "default-src 'self'",
    vary: 'accept-encoding',
  })
  expect(pages.respond('other key', request(), ID)).toBeUndefined()
})

test('a page with an id is stored compressed, and gets no ETag', async () => {
  const pages = new StoredPages()
  await pages.store('key', request(), ID, rendered(ID))
  const response = await pages.respond('key', request({ 'accept-encoding': 'gzip, br' }), 'bbbbbbbb')
  expect(response?.headers.get('content-encoding')).toBe('gzip')
  expect(response?.headers.get('etag')).toBeNull()
  const html = gunzipSync((await response?.bytes()) ?? Buffer.alloc(0)).toString()
  expect(html).toBe(await rendered('bbbbbbbb').text())
})

test('a page that is the same for everybody has an ETag per encoding, and gets 304', async () => {
  const pages = new StoredPages()
  await pages.store('key', request(), ID, shared())
  for (const [accepted, etag] of [
    ['gzip', '"1-gzip"'],
    ['br', '"1-br"'],
    ['identity', '"1"'],
  ] as const) {
    const headers = { 'accept-encoding': accepted }
    const response = await pages.respond('key', request(headers), ID)
    expect(response?.headers.get('etag')).toBe(etag)
    const again = await pages.respond('key', request({ ...headers, 'if-none-match': `"0", W/${etag}` }), ID)
    expect(again?.status).toBe(304)
    expect(again?.headers.get('vary')).toBe('accept-encoding')
  }
})

test.each([
  ['an error', () => rendered(ID, { status: 500 })],
  ['a page that sets a cookie', () => rendered(ID, { headers: { 'set-cookie': 'a=b' } })],
  ['a page with the id in two places', () => new Response(`${ID} ${ID}`)],
])('%s is served and not stored', async (_what, create) => {
  const pages = new StoredPages()
  const served = await pages.store('key', request(), ID, create())
  expect(await served.text()).toBe(await create().text())
  expect(pages.respond('key', request(), ID)).toBeUndefined()
})

test('memory stays bounded', async () => {
  const pages = new StoredPages()
  const large = 'x'.repeat(1_000_000)
  for (let n = 0; n < 40; n++) await pages.store(`key ${n}`, request(), ID, new Response(`${ID}${large}`))
  const stored = Array.from({ length: 40 }, (_, n) => pages.respond(`key ${n}`, request(), ID)).filter(
    Boolean,
  )
  expect(stored.length).toBeGreaterThan(5)
  expect(stored.length).toBeLessThan(20)
})
