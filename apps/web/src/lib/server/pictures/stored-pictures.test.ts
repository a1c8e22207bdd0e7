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
  const [a, b] = [
    { shows: { title: 'a' }, draw },
    { shows: { title: 'b' }, draw },
  ]
  const responses = await Promise.all(Array.from({ length: 5 }, () => stored.respond(request(), a)))
  for (const response of responses) expect(await response.bytes()).toEqual(new Uint8Array([1]))
  await stored.respond(request(), a)
  expect(drawn()).toBe(1)
  await stored.respond(request(), b)
  expect(drawn()).toBe(2)
})

test('a reader who has the version gets 304 without a drawing', async () => {
  const stored = new StoredPictures()
  const { draw, drawn } = countingDraw()
  const picture = { shows: { title: 'a' }, draw }
  const etag = (await stored.respond(request(), picture)).headers.get('etag') ?? ''
  expect((await stored.respond(request(etag), picture)).status).toBe(304)
  expect((await stored.respond(request(etag), { shows: { title: 'b' }, draw })).status).toBe(200)
  expect(drawn()).toBe(2)
})

test('the same in another format is another picture, with its own type and cache rule', async () => {
  const stored = new StoredPictures()
  const { draw, drawn } = countingDraw()
  const shows = { title: 'a' }
  const png = await stored.respond(request(), { shows, draw })
  const svg = await stored.respond(request(), {
    contentType: 'image/svg+xml',
    cacheControl: 'private, no-cache',
    shows,
    draw,
  })
  expect(drawn()).toBe(2)
  expect(svg.headers.get('etag')).not.toBe(png.headers.get('etag'))
  expect([png.headers.get('content-type'), png.headers.get('cache-control')]).toEqual([
    'image/png',
    'public, no-cache',
  ])
  expect([svg.headers.get('content-type'), svg.headers.get('cache-control')]).toEqual([
    'image/svg+xml',
    'private, no-cache',
  ])
})

test('a drawing that failed is tried again for the next reader', async () => {
  const stored = new StoredPictures()
  const shows = { title: 'a' }
  const draw = () => Promise.reject(new Error('no font'))
  await expect(stored.respond(request(), { shows, draw })).rejects.toThrow('no font')
  expect((await stored.respond(request(), { shows, draw: countingDraw().draw })).status).toBe(200)
})
