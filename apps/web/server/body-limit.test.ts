import { expect, test } from 'vitest'
import { BodyTooLargeError, limitFor, withLimitedBody } from './body-limit.ts'

test('a body above the limit is rejected, declared or not; one at the limit passes whole', async () => {
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    new Request('http://x/', { method: 'POST', body, headers })
  const stream = (size: number) => new Blob([new Uint8Array(size)]).stream()
  await expect(withLimitedBody(post('x', { 'content-length': '11' }), 10)).rejects.toThrow(BodyTooLargeError)
  await expect(withLimitedBody(post(stream(11)), 10)).rejects.toThrow(BodyTooLargeError)
  const whole = await withLimitedBody(post(stream(10)), 10)
  expect((await whole.arrayBuffer()).byteLength).toBe(10)
})

test('only the form with a picture may have 8 MB, and only where it declares its length', () => {
  const limitOf = (
    path: string,
    headers: Record<string, string> = { 'content-length': '9' },
    method = 'POST',
  ) => limitFor(new Request(`http://x${path}`, { method, headers }), path, 10)
  expect(limitOf('/admin/events/a-b/picture')).toBe(8_016_000)
  expect(limitOf('/admin/events/a-b/picture', {})).toBe(10)
  expect(limitOf('/admin/events/a-b/picture', { 'content-length': '9' }, 'GET')).toBe(10)
  for (const path of [
    '/e/a/picture',
    '/admin/events/a/b/picture',
    '/admin/events/a/picture/x',
    '/api/trpc/x',
  ])
    expect(limitOf(path)).toBe(10)
})
