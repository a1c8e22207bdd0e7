import { expect, test } from 'vitest'
import { BodyTooLargeError, withLimitedBody } from './body-limit.ts'

test('a body above the limit is rejected, declared or not; one at the limit passes whole', async () => {
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    new Request('http://x/', { method: 'POST', body, headers })
  const stream = (size: number) => new Blob([new Uint8Array(size)]).stream()
  await expect(withLimitedBody(post('x', { 'content-length': '11' }), 10)).rejects.toThrow(BodyTooLargeError)
  await expect(withLimitedBody(post(stream(11)), 10)).rejects.toThrow(BodyTooLargeError)
  const whole = await withLimitedBody(post(stream(10)), 10)
  expect((await whole.arrayBuffer()).byteLength).toBe(10)
})
