import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { PublicBody } from '../public-body.ts'
import { StoredBodies } from './stored-bodies.ts'

const request = (headers: Record<string, string> = {}) => new Request('http://localhost/', { headers })
const noError = (error: unknown) => {
  throw error
}

/** A body of so many pieces of 100,000 characters. */
function bodyOf(pieces: number, version = 'v'): PublicBody & { reads: number } {
  const body = {
    version,
    contentType: 'application/json',
    reads: 0,
    async *chunks() {
      body.reads += 1
      for (let piece = 0; piece < pieces; piece++) yield String(piece).repeat(100_000)
    },
  }
  return body
}
const textOf = async (body: PublicBody) => (await Array.fromAsync(body.chunks())).join('')

test('a short body is read once per version, and sent in each encoding with its own ETag', async () => {
  const bodies = new StoredBodies()
  const body = bodyOf(2)
  for (const [accepted, etag] of [
    ['identity', '"v"'],
    ['gzip', '"v-gzip"'],
    ['br', '"v-br"'],
  ] as const) {
    const headers = { 'accept-encoding': accepted }
    const response = await bodies.respond(request(headers), body, noError)
    expect(response.headers.get('etag')).toBe(etag)
    expect(response.headers.get('cache-control')).toBe('public, no-cache')
    if (accepted === 'gzip')
      expect(gunzipSync(await response.bytes()).toString()).toBe(await textOf(bodyOf(2)))
    const again = await bodies.respond(request({ ...headers, 'if-none-match': etag }), body, noError)
    expect(again.status).toBe(304)
  }
  expect(body.reads).toBe(1)
  const newer = bodyOf(2, 'newer')
  expect((await bodies.respond(request({ 'if-none-match': '"v"' }), newer, noError)).status).toBe(200)
})

test('a long body is streamed for each reader and not stored, and gets 304 without being read', async () => {
  const bodies = new StoredBodies()
  const body = bodyOf(9)
  for (let reader = 0; reader < 2; reader++) {
    const response = await bodies.respond(request(), body, noError)
    expect(await response.text()).toBe(await textOf(bodyOf(9)))
  }
  expect(body.reads).toBe(2)
  const again = await bodies.respond(request({ 'if-none-match': 'W/"v"' }), body, noError)
  expect(again.status).toBe(304)
  expect(body.reads).toBe(2)
})

test('a reader who leaves ends the reading of a long body', async () => {
  let ended = false
  const body: PublicBody = {
    version: 'v',
    contentType: 'text/csv',
    async *chunks() {
      try {
        for (;;) yield 'x'.repeat(600_000)
      } finally {
        ended = true
      }
    },
  }
  const response = await new StoredBodies().respond(request(), body, noError)
  const reader = response.body?.getReader()
  await reader?.read()
  await reader?.cancel()
  expect(ended).toBe(true)
})

test('an error while a long body is read is reported and breaks the body off', async () => {
  const errors: unknown[] = []
  const body: PublicBody = {
    version: 'v',
    contentType: 'text/csv',
    async *chunks() {
      yield 'x'.repeat(600_000)
      throw new Error('the database is away')
    },
  }
  const response = await new StoredBodies().respond(request(), body, (error) => errors.push(error))
  await expect(response.text()).rejects.toThrow('the database is away')
  expect(errors).toHaveLength(1)
})
