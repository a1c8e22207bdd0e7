import { expect, test } from 'vitest'
import { BodyTooLargeError, withLimitedBody } from './body-limit.ts'
import { readSettings } from './settings.ts'

test('a body above the limit is rejected, declared or not; one at the limit passes whole', async () => {
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    new Request('http://x/', { method: 'POST', body, headers })
  const stream = (size: number) => new Blob([new Uint8Array(size)]).stream()
  await expect(withLimitedBody(post('x', { 'content-length': '11' }), 10)).rejects.toThrow(BodyTooLargeError)
  await expect(withLimitedBody(post(stream(11)), 10)).rejects.toThrow(BodyTooLargeError)
  const whole = await withLimitedBody(post(stream(10)), 10)
  expect((await whole.arrayBuffer()).byteLength).toBe(10)
})

test('a bad setting is one sentence that names it', () => {
  expect(readSettings({})).toMatchObject({ port: 3000, bodyLimit: 102_400, trustedProxies: 0 })
  expect(() => readSettings({ PORT: 'eighty' })).toThrow(
    'PORT must be a whole number from 0 to 65535, not "eighty".',
  )
})
