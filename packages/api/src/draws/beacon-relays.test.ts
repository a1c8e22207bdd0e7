import { QUICKNET, roundTime } from '@eungmo/draw/beacon'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { fetchRound, isBeaconReachable } from './beacon-relays.ts'
import { createBeaconStatus } from './beacon-status.ts'

// From the drand network itself.
const round1000 =
  'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39'
const round123 =
  'b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92'

const responses: Record<string, { round: number; signature: string }> = {
  '/honest': { round: 1000, signature: round1000 },
  '/tampered': { round: 1000, signature: `${round1000.slice(0, -1)}8` },
  '/other-round': { round: 1000, signature: round123 },
  '/renamed': { round: 123, signature: round123 },
}
const requests: string[] = []
let server: ReturnType<typeof Bun.serve>
const relay = (name: string) => `http://127.0.0.1:${server.port}/${name}`

beforeAll(() => {
  server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch(request) {
      const path = new URL(request.url).pathname
      requests.push(path)
      if (path.startsWith('/redirected/')) return Response.redirect(path.replace('/redirected', '/honest'))
      if (path.startsWith('/padded/'))
        return new Response(`${' '.repeat(5_000)}${JSON.stringify(responses['/honest'])}`)
      const found = Object.keys(responses).find((name) => path.startsWith(`${name}/${QUICKNET.hash}/public/`))
      return found ? Response.json(responses[found]) : new Response('gone', { status: 404 })
    },
  })
})
afterAll(() => server.stop(true))

test('a response counts only with quicknet’s own signature of the requested round', async () => {
  const fetchFrom = (...names: string[]) => fetchRound(1000, { relays: names.map(relay), chain: QUICKNET })
  expect(await fetchFrom('honest')).toEqual({ round: 1000, signature: round1000 })
  for (const name of ['tampered', 'other-round', 'renamed', 'silent', 'redirected', 'padded'])
    await expect(fetchFrom(name)).rejects.toThrow(AggregateError)
  expect(await fetchFrom('tampered', 'silent', 'honest', 'other-round')).toMatchObject({ round: 1000 })
})

test('the beacon is reachable where a verified latest round is within 3 of the clock’s', async () => {
  const at = (rounds: number) => new Date(roundTime(1000) + rounds * QUICKNET.period * 1000)
  const reachable = (now: Date, ...names: string[]) =>
    isBeaconReachable(now, { relays: names.map(relay), chain: QUICKNET })
  expect(await reachable(at(3), 'honest')).toBe(true)
  expect(await reachable(at(-3), 'honest')).toBe(true)
  expect(await reachable(at(4), 'honest')).toBe(false)
  expect(await reachable(at(-4), 'honest')).toBe(false)
  expect(await reachable(at(0), 'tampered', 'silent')).toBe(false)
  expect(await reachable(at(0), 'tampered', 'honest')).toBe(true)
  expect(await reachable(at(0))).toBe(false)
})

test('the relays get one request, however often the status is read', async () => {
  let now = new Date(roundTime(1000))
  const status = createBeaconStatus(async () => now, {
    relays: [relay('honest')],
    chain: QUICKNET,
    maxAgeMs: 200,
  })
  requests.length = 0
  const reads = await Promise.all(Array.from({ length: 50 }, () => status.isReachable()))
  expect(reads).toEqual(reads.map(() => true))
  await status.isReachable()
  expect(requests).toHaveLength(1)
  now = new Date(roundTime(2000))
  await vi.waitFor(async () => expect(await status.isReachable()).toBe(false))
  expect(requests).toHaveLength(2)
})
