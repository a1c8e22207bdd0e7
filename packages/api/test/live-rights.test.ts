import { describe, expect, test } from 'vitest'
import { RECHECK_INTERVAL_MS } from '../src/analytics/follow-analytics.ts'
import type { Member, Viewer } from '../src/context.ts'
import type { Observation } from '../src/observation.ts'
import { countsOf } from './support/counts.ts'
import { openLive } from './support/live.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

/** A clock whose time passes when a test says so. */
const waits = new Set<{ ms: number; end(): void }>()
const wait = (ms: number, signal?: AbortSignal) =>
  new Promise<void>((resolve) => {
    const end = () => {
      waits.delete(entry)
      resolve()
    }
    const entry = { ms, end }
    waits.add(entry)
    signal?.addEventListener('abort', end, { once: true })
  })
const pass = (ms: number) => {
  for (const entry of [...waits]) if (entry.ms <= ms) entry.end()
}

const observed: Observation[] = []
const PER_USER = 3
const PER_PROCESS = 5
const {
  api,
  members: { owner, staff, stranger },
} = await startTwoShops({
  wait,
  observe: (observation) => observed.push(observation),
  streamCaps: { perUser: PER_USER, perProcess: PER_PROCESS },
})
const { count, notify } = countsOf(api)
const { id: eventId } = await createOpenEvent(api.as(owner))
const { id: otherEventId } = await createOpenEvent(api.as(stranger))
const NOON = '2026-11-22T12:00:00.000Z'

const openStreams = () => observed.findLast(({ kind }) => kind === 'live-streams')
const live = (viewer = owner, signal?: AbortSignal) =>
  openLive(api, { viewer, eventIds: [viewer === stranger ? otherEventId : eventId], signal })

describe('the rights of an open stream', () => {
  test('are checked every 30 seconds: a removed member gets no further counts', async () => {
    expect(RECHECK_INTERVAL_MS).toBe(30_000)
    const currentViewer = async (): Promise<Viewer> => {
      const rows = await api.sql`select 1 from shop_members where user_id = ${staff.userId}`
      return rows.length > 0 ? staff : { kind: 'anonymous' }
    }
    const updates = await openLive(api, { viewer: staff, eventIds: [eventId], currentViewer })
    const before = await updates.next()
    pass(RECHECK_INTERVAL_MS)
    await count(eventId, 'SNS', NOON)
    await notify(eventId)
    expect(await updates.next()).toMatchObject({ total: before.total + 1 })

    await api.sql`delete from shop_members where user_id = ${staff.userId}`
    const ended = updates.next()
    pass(RECHECK_INTERVAL_MS)
    await expect(ended).rejects.toThrow('UNAUTHENTICATED')
    expect(openStreams()).toEqual({ kind: 'live-streams', open: 0 })
  })

  test('end the place of a client that reads nothing', async () => {
    let viewer: Viewer = owner
    const updates = await openLive(api, { viewer, eventIds: [eventId], currentViewer: async () => viewer })
    await updates.next()
    viewer = { kind: 'anonymous' }
    pass(RECHECK_INTERVAL_MS)
    await expect.poll(openStreams).toEqual({ kind: 'live-streams', open: 0 })
    await expect(updates.next()).rejects.toThrow('UNAUTHENTICATED')
  })

  test('end with a switch to another shop, and with another user', async () => {
    for (const [current, code] of [
      [{ ...owner, shopId: stranger.shopId }, 'NOT_FOUND'],
      [staff, 'UNAUTHENTICATED'],
    ] as const) {
      const updates = await openLive(api, {
        viewer: owner,
        eventIds: [eventId],
        currentViewer: async () => current,
      })
      await updates.next()
      const ended = updates.next()
      pass(RECHECK_INTERVAL_MS)
      await expect(ended).rejects.toThrow(code)
    }
  })

  test('survive a database that is unreachable for a moment', async () => {
    let failing = true
    const currentViewer = async () => {
      if (failing) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
      return owner
    }
    const updates = await openLive(api, { viewer: owner, eventIds: [eventId], currentViewer })
    const { total } = await updates.next()
    pass(RECHECK_INTERVAL_MS)
    await expect.poll(() => waits.size).toBe(1)
    failing = false
    await count(eventId, 'SNS', NOON)
    await notify(eventId)
    expect(await updates.next()).toMatchObject({ total: total + 1 })
    await updates.leave()
  })
})

describe('open streams', () => {
  test('are limited per user and per process, and every end releases its place', async () => {
    const left = new AbortController()
    const streams = []
    for (let i = 0; i < PER_USER; i++) streams.push(await live(owner, left.signal))
    await expect(live()).rejects.toMatchObject({ code: 'RATE_LIMITED', details: { retryAfter: 30 } })
    for (let i = PER_USER; i < PER_PROCESS; i++) streams.push(await live(staff, left.signal))
    await expect(live(stranger)).rejects.toMatchObject({ code: 'UNAVAILABLE', details: { retryAfter: 30 } })
    expect(observed.filter(({ kind }) => kind === 'live-stream-rejected')).toEqual([
      { kind: 'live-stream-rejected', cap: 'user' },
      { kind: 'live-stream-rejected', cap: 'process' },
    ])

    // One leaves while it reads, one without having read anything, the others with the process.
    await streams[0]?.next()
    await streams[0]?.leave()
    await streams[1]?.leave()
    expect(openStreams()).toEqual({ kind: 'live-streams', open: PER_PROCESS - 2 })
    const again = await live()
    left.abort()
    await again.leave()
    expect(openStreams()).toEqual({ kind: 'live-streams', open: 0 })
    expect(waits.size).toBe(0)
  })

  test('of one browser replace each other: the previous one ends and holds no place', async () => {
    const browser = 'a'.repeat(32)
    const open = (viewer: Member) => openLive(api, { viewer, eventIds: [eventId], browser })
    const other = await open(staff)
    await other.next()
    const first = await open(owner)
    await first.next()
    const ended = first.rest()
    const streams = []
    for (let i = 0; i <= PER_USER; i++) streams.push(await open(owner))
    expect(await ended).toEqual([])
    expect(openStreams()).toEqual({ kind: 'live-streams', open: 2 })
    for (const stream of [other, ...streams]) await stream.leave()
    expect(openStreams()).toEqual({ kind: 'live-streams', open: 0 })
  })

  test('that are rejected, fail or are left during their setup hold no place', async () => {
    const wrong = { viewer: owner, eventIds: [otherEventId] }
    for (let i = 0; i <= PER_USER; i++) await expect(openLive(api, wrong)).rejects.toThrow('NOT_FOUND')
    for (let i = 0; i <= PER_USER; i++) {
      const left = new AbortController()
      const opening = live(owner, left.signal)
      left.abort()
      await opening
    }
    for (let i = 0; i <= PER_USER; i++) await live(owner, AbortSignal.abort())
    expect(openStreams()).toEqual({ kind: 'live-streams', open: 0 })
  })
})
