import { expect, test } from 'vitest'
import { clientAddress } from '../src/lib/server/http/client-address.ts'
import { BodyTooLarge, withLimitedBody } from './body-limit.ts'
import { readSettings } from './settings.ts'

test('the address is the one that our outermost proxy saw, never what the visitor claims', () => {
  const headers = new Headers({ 'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.0.0.2' })
  expect(clientAddress(headers, '10.0.0.1', 0)).toBe('10.0.0.1')
  expect(clientAddress(headers, '10.0.0.1', 1)).toBe('10.0.0.2')
  expect(clientAddress(headers, '10.0.0.1', 2)).toBe('203.0.113.9')
  expect(clientAddress(new Headers(), '10.0.0.1', 2)).toBe('10.0.0.1')
})

test('a body above the limit is refused, declared or not; one at the limit passes whole', async () => {
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    new Request('http://x/', { method: 'POST', body, headers })
  const stream = (size: number) => new Blob([new Uint8Array(size)]).stream()
  await expect(withLimitedBody(post('x', { 'content-length': '11' }), 10)).rejects.toThrow(BodyTooLarge)
  await expect(withLimitedBody(post(stream(11)), 10)).rejects.toThrow(BodyTooLarge)
  const whole = await withLimitedBody(post(stream(10)), 10)
  expect((await whole.arrayBuffer()).byteLength).toBe(10)
})

test('a bad setting is one sentence that names it', () => {
  expect(readSettings({})).toMatchObject({ port: 3000, bodyLimit: 102_400, trustedProxies: 0 })
  expect(() => readSettings({ PORT: 'eighty' })).toThrow(
    'PORT must be a whole number from 0 to 65535, not "eighty".',
  )
})
