import { expect, test } from 'vitest'
import { StoredPictures } from './stored-pictures.ts'

const request = (etag?: string) =>
  new Request('http://localhost/picture.png', { headers: etag ? { 'if-none-match': etag } : {} })

/** Counts how often it drew. */
function countingDraw() {
  let count = 0
  const draw = async () => {
    count++
    await new Promise((resolve) => setTimeout(resolve, 5))
    return new Uint8Array([count])
  }
  return { draw, drawn: () => count }
}

test('readers of one version, also at the same time, get one drawing', async () => {
  const stored = new StoredPictures()
  const { draw, drawn } = countingDraw()
  const responses = await Promise.all(Array.from({ length: 5 }, () => stored.respond(request(), 'a', draw)))
  for (const response of responses) expect(await response.bytes()).toEqual(new Uint8Array([1]))
  await stored.respond(request(), 'a', draw)
  expect(drawn()).toBe(1)
  await stored.respond(request(), 'b', draw)
  expect(drawn()).toBe(2)
})

test('a reader who has the version gets 304 without a drawing', async () => {
  const stored = new StoredPictures()
  const { draw, drawn } = countingDraw()
  const etag = (await stored.respond(request(), 'a', draw)).headers.get('etag') ?? ''
  expect((await stored.respond(request(etag), 'a', draw)).status).toBe(304)
  expect((await stored.respond(request(etag), 'b', draw)).status).toBe(200)
  expect(drawn()).toBe(2)
})

test('a drawing that failed is tried again for the next reader', async () => {
  const stored = new StoredPictures()
  const failing = () => Promise.reject(new Error('no font'))
  await expect(stored.respond(request(), 'a', failing)).rejects.toThrow('no font')
  expect((await stored.respond(request(), 'a', countingDraw().draw)).status).toBe(200)
})
