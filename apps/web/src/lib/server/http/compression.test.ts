import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { compression } from './compression.ts'
import type { HttpContext } from './pipeline.ts'

const context = (route: string): HttpContext => ({
  url: new URL('http://localhost/'),
  route,
  requestId: '1',
  locale: 'ko',
})
const get = (accepted?: string, method = 'GET') =>
  new Request('http://localhost/', {
    method,
    ...(accepted !== undefined && { headers: { 'accept-encoding': accepted } }),
  })
const json = JSON.stringify(Array.from({ length: 300 }, (_, n) => ({ n })))
const jsonResponse = (body: string | ReadableStream = json, headers: Record<string, string> = {}) =>
  new Response(body, { headers: { 'content-type': 'application/json', etag: '"1"', ...headers } })
const PUBLIC = '/(customer)/e/[slug]/winners'

test.each([
  [undefined, null],
  ['', null],
  ['identity', null],
  ['*;q=0', null],
  ['gzip;q=0', null],
  ['zstd, x-unknown', null],
  [';;,q=', null],
  ['gzip', 'gzip'],
  ['gzip, deflate, br, zstd', 'gzip'],
  ['GZIP;q=0.5', 'gzip'],
  ['*', 'gzip'],
  ['br;q=1, gzip;q=0.5', 'gzip'],
  ['br', null],
  ['gzip;q=0, *', null],
])('Accept-Encoding %j gets a body in %j', async (accepted, encoding) => {
  const response = await compression(get(accepted), context(PUBLIC), () => jsonResponse())
  expect(response.headers.get('content-encoding')).toBe(encoding)
  expect(response.headers.get('vary')).toBe('accept-encoding')
  expect(response.headers.get('etag')).toBe(encoding ? 'W/"1"' : '"1"')
  const bytes = await response.bytes()
  const plain = encoding ? gunzipSync(bytes) : bytes
  expect(Buffer.from(plain).toString()).toBe(json)
})

test.each([
  ['a short body', PUBLIC, 'GET', () => jsonResponse('{}')],
  ['a response to a POST', PUBLIC, 'POST', () => jsonResponse()],
  ['an image', PUBLIC, 'GET', () => jsonResponse(json, { 'content-type': 'image/png' })],
  ['live updates', '/', 'GET', () => jsonResponse(json, { 'content-type': 'text/event-stream' })],
  ['an owner page', '/(owner)/admin/events/[id]', 'GET', () => jsonResponse()],
  ['a procedure of the owner pages', '/api/trpc/[...path]', 'GET', () => jsonResponse()],
  ['the done page', '/(customer)/e/[slug]/done', 'GET', () => jsonResponse()],
  ['the check page', '/(customer)/e/[slug]/check', 'GET', () => jsonResponse()],
])('%s stays as it is', async (_what, route, method, create) => {
  const response = await compression(get('gzip, br', method), context(route), create)
  expect(response.headers.get('content-encoding')).toBeNull()
  expect(await response.text()).toBe(await create().text())
})

test('a body that is compressed already stays as it is', async () => {
  const create = () => jsonResponse(json, { 'content-encoding': 'br', vary: 'accept-encoding' })
  const response = await compression(get('gzip'), context(PUBLIC), create)
  expect(response.headers.get('vary')).toBe('accept-encoding')
  expect(await response.text()).toBe(json)
})

/** A stream of random bytes that counts what was read of it; it ends after `chunks`, or with an error. */
function countedStream(chunks: number, error?: Error) {
  const state = { pulled: 0, cancelled: false }
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (state.pulled < chunks) controller.enqueue(crypto.getRandomValues(new Uint8Array(65_536)))
      else if (error) controller.error(error)
      else controller.close()
      state.pulled += 1
    },
    cancel() {
      state.cancelled = true
    },
  })
  return { state, stream }
}

test('a stream is compressed as it is read: a reader who pauses stops it, and one who leaves ends it', async () => {
  const { state, stream } = countedStream(1_000)
  const response = await compression(get('gzip'), context(PUBLIC), () => jsonResponse(stream))
  const reader = response.body?.getReader()
  await reader?.read()
  await Bun.sleep(100)
  expect(state.pulled).toBeLessThan(20)
  await reader?.cancel()
  expect(state.cancelled).toBe(true)
})

test('a stream that fails breaks the compressed body off', async () => {
  const { stream } = countedStream(3, new Error('the database is away'))
  const response = await compression(get('gzip'), context(PUBLIC), () => jsonResponse(stream))
  await expect(response.bytes()).rejects.toThrow('the database is away')
})
