import { expect, test } from 'vitest'
import { StoredPages } from './stored-pages.ts'

const rendered = (id: string, init?: ResponseInit) =>
  new Response(`<form><input name="submissionId" value="${id}"></form>`, {
    headers: { 'content-type': 'text/html', 'content-security-policy': "default-src 'self'", etag: '"1"' },
    ...init,
  })

test('a stored page is what was rendered, with the id of its visitor', async () => {
  const pages = new StoredPages()
  expect(pages.respond('key', 'b')).toBeUndefined()
  const first = await pages.store('key', 'first-id', rendered('first-id'))
  expect(await first.text()).toBe(await rendered('first-id').text())
  const second = pages.respond('key', 'second-id')
  expect(await second?.text()).toBe(await rendered('second-id').text())
  expect(Object.fromEntries(second?.headers ?? [])).toEqual({
    'content-type': 'text/html',
    'content-security-policy': "default-src 'self'",
  })
  expect(pages.respond('other key', 'b')).toBeUndefined()
})

test.each([
  ['an error', rendered('id', { status: 500 })],
  ['a page that sets a cookie', rendered('id', { headers: { 'set-cookie': 'a=b' } })],
  ['a page without the id', rendered('other')],
  ['a page with the id in two places', new Response('id id')],
])('%s is served and not stored', async (_what, response) => {
  const pages = new StoredPages()
  const text = await response.clone().text()
  expect(await (await pages.store('key', 'id', response)).text()).toBe(text)
  expect(pages.respond('key', 'x')).toBeUndefined()
})

test('memory stays bounded', async () => {
  const pages = new StoredPages()
  const large = 'x'.repeat(1_000_000)
  for (let n = 0; n < 40; n++) await pages.store(`key ${n}`, 'id', new Response(`id${large}`))
  const stored = Array.from({ length: 40 }, (_, n) => pages.respond(`key ${n}`, 'id')).filter(Boolean)
  expect(stored.length).toBeGreaterThan(5)
  expect(stored.length).toBeLessThan(20)
})
