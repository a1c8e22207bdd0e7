import { expect, test } from 'vitest'
import { isForgery } from './origin-check.ts'

const own = ['http://shop.example']

function write(path: string, headers: Record<string, string>): Request {
  return new Request(`http://shop.example${path}`, { method: 'POST', headers, body: 'x' })
}

test('a form of another site is rejected, with or without a cookie', () => {
  expect(isForgery(write('/e/cake', { origin: 'http://evil.example' }), own)).toBe(true)
  expect(isForgery(write('/e/cake', { origin: 'null' }), own)).toBe(true)
  expect(isForgery(write('/e/cake', { 'sec-fetch-site': 'cross-site' }), own)).toBe(true)
  expect(isForgery(write('/e/cake', { origin: 'http://shop.example' }), own)).toBe(false)
})

test('a page without a referrer hides its origin: the browser says that it is ours, or nobody can guess its address', () => {
  const hidden = { origin: 'null' }
  expect(isForgery(write('/c/token', { ...hidden, 'sec-fetch-site': 'same-origin' }), own)).toBe(false)
  expect(isForgery(write('/admin/settings', { ...hidden, 'sec-fetch-site': 'same-origin' }), own)).toBe(false)
  expect(isForgery(write('/c/token', hidden), own)).toBe(false)
  expect(isForgery(write('/e/cake/not-me/token', hidden), own)).toBe(false)
  expect(isForgery(write('/e/cake/check', hidden), own)).toBe(true)
  for (const site of ['cross-site', 'same-site', 'none'])
    expect(isForgery(write('/c/token', { ...hidden, 'sec-fetch-site': site }), own), site).toBe(true)
  expect(isForgery(write('/admin/settings', hidden), own)).toBe(true)
})

test('under /api only writes authenticated by a cookie are rejected', () => {
  const origin = 'http://evil.example'
  expect(isForgery(write('/api/v1/events', { origin, cookie: 's=1' }), own)).toBe(true)
  expect(isForgery(write('/api/v1/events', { origin, cookie: 's=1', authorization: 'Bearer k' }), own)).toBe(
    false,
  )
  // Elsewhere the cookie authenticates, whatever Authorization says.
  for (const path of ['/api/trpc/events.cancel', '/admin/settings'])
    expect(isForgery(write(path, { origin, cookie: 's=1', authorization: 'Bearer k' }), own)).toBe(true)
  // Browsers send this one by themselves, wherever the site asks for it.
  const basic = { origin, cookie: 's=1', authorization: 'Basic eDp5' }
  expect(isForgery(write('/api/v1/events', basic), own)).toBe(true)
  expect(isForgery(write('/api/v1/participations', { origin }), own)).toBe(false)
})

test('reads, and callers that are not browsers, pass', () => {
  expect(isForgery(write('/api/v1/events', { cookie: 's=1' }), own)).toBe(false)
  const read = new Request('http://shop.example/e/cake', { headers: { origin: 'http://evil.example' } })
  expect(isForgery(read, own)).toBe(false)
})
