import { liveAnalyticsInput } from '@eungmo/api/analytics/schema'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LiveConnection, type StreamHandlers, type Transport } from './live-connection.ts'
import type { LiveState } from './live-state.ts'

const counts = (total: number) => ({ total, channels: [], hourly: [], views: null })

/** A server whose behaviour a test chooses. */
function fakeServer() {
  const server = {
    streams: [] as { eventIds: string[]; handlers: StreamHandlers; open: boolean; at: number }[],
    reads: [] as { eventId: string; at: number }[],
    acceptsStreams: true,
    error: undefined as string | undefined,
    total: 0,
    endStreams() {
      for (const stream of server.openStreams()) {
        stream.open = false
        stream.handlers.onEnd()
      }
    },
    openStreams: () => server.streams.filter(({ open }) => open),
  }
  const transport: Transport = {
    open(eventIds, handlers) {
      const stream = { eventIds, handlers, open: true, at: Date.now() }
      server.streams.push(stream)
      queueMicrotask(() => {
        if (!stream.open) return
        if (!server.acceptsStreams || server.error) {
          stream.open = false
          handlers.onEnd()
        } else
          for (const eventId of eventIds)
            handlers.onUpdate({ eventId, hours: 'all', ...counts(server.total) })
      })
      return () => {
        stream.open = false
      }
    },
    async read(eventId) {
      server.reads.push({ eventId, at: Date.now() })
      if (server.error) throw new Error(server.error)
      return counts(server.total)
    },
    statusOf: (error) => (error instanceof Error && error.message === 'signed-out' ? 'signed-out' : 'lost'),
  }
  return { server, transport }
}

/** Follows events and records the last state of each. */
function follow(connection: LiveConnection, ...eventIds: string[]) {
  const states: Record<string, LiveState> = {}
  const leaves = eventIds.map((eventId) =>
    connection.follow(eventId, (state) => {
      states[eventId] = state
    }),
  )
  return {
    states,
    leave() {
      for (const leave of leaves) leave()
    },
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('ten tabs of three events share one stream, which ends with the last of them', async () => {
  const { server, transport } = fakeServer()
  const connection = new LiveConnection(transport, { streaming: true })
  const tabs = Array.from({ length: 10 }, (_, i) => follow(connection, `event ${i % 3}`))
  await pass(100)
  expect(server.openStreams().map(({ eventIds }) => eventIds.length)).toEqual([3])
  expect(tabs.flatMap(({ states }) => Object.values(states)).map(({ status }) => status)).toEqual(
    Array(10).fill('live'),
  )
  for (const { leave } of tabs) leave()
  await pass(100)
  expect(server.openStreams()).toEqual([])
  expect(server.streams.length).toBeLessThanOrEqual(3)
  expect(vi.getTimerCount()).toBe(0)
})

test('a stream that ends is opened again; what is shown says when it was current', async () => {
  const { server, transport } = fakeServer()
  const { states } = follow(new LiveConnection(transport, { streaming: true }), 'event')
  await pass(60_000)
  const connectedAt = Date.now()
  server.streams[0]?.handlers.onAlive()
  expect(states.event).toMatchObject({ status: 'live', checkedAt: connectedAt })

  server.error = '502'
  server.endStreams()
  await pass(40_000)
  expect(states.event).toMatchObject({ status: 'lost', checkedAt: connectedAt, analytics: counts(0) })
  const attempts = [...server.streams, ...server.reads].map(({ at }) => at).filter((at) => at > connectedAt)
  expect(attempts.length, 'attempts in 40 s').toBeLessThan(35)

  server.error = undefined
  server.total = 1
  await pass(8_000)
  expect(states.event).toMatchObject({ status: 'live', analytics: counts(1) })
  expect(server.openStreams()).toHaveLength(1)
})

test('the waits grow and differ from browser to browser', async () => {
  const firstWaits = new Set<number>()
  for (let browser = 0; browser < 8; browser++) {
    const { server, transport } = fakeServer()
    server.acceptsStreams = false
    const { leave } = follow(new LiveConnection(transport, { streaming: true }), 'event')
    await pass(600_000)
    leave()
    const waits = server.streams.slice(1).map(({ at }, i) => at - (server.streams[i]?.at ?? 0))
    firstWaits.add(waits[0] ?? 0)
    expect(Math.max(...waits)).toBeGreaterThan(30_000)
    expect(Math.max(...waits)).toBeLessThanOrEqual(90_000)
    expect(waits[0]).toBeLessThan(2_000)
    expect(server.streams.length).toBeLessThan(30)
  }
  expect(firstWaits.size).toBeGreaterThan(4)
})

test('above a cap, and where there is no shared worker, counts are read every three seconds', async () => {
  for (const streaming of [true, false]) {
    const { server, transport } = fakeServer()
    server.acceptsStreams = false
    const { states, leave } = follow(new LiveConnection(transport, { streaming }), 'event')
    await pass(300_000)
    server.reads.length = 0
    server.total = 7
    await pass(30_000)
    expect(states.event).toMatchObject({ status: 'polling', analytics: counts(7) })
    expect(server.reads.length).toBeGreaterThanOrEqual(9)
    expect(server.reads.length).toBeLessThanOrEqual(12)
    expect(server.streams.length > 0).toBe(streaming)
    leave()
  }
})

test('a session that has ended is not tried again until the page is looked at', async () => {
  const { server, transport } = fakeServer()
  const connection = new LiveConnection(transport, { streaming: true })
  const { states } = follow(connection, 'event')
  await pass(1_000)
  server.error = 'signed-out'
  server.endStreams()
  await pass(600_000)
  expect(states.event?.status).toBe('signed-out')
  expect([server.reads.length, server.streams.length]).toEqual([1, 1])

  server.error = undefined
  connection.retry()
  await pass(100)
  expect(states.event?.status).toBe('live')
  connection.retry()
  await pass(100)
  expect(server.streams).toHaveLength(2)
})

test('more events than one stream may hold are polled', async () => {
  const { server, transport } = fakeServer()
  const ids = Array.from({ length: 23 }, () => crypto.randomUUID())
  const { states, leave } = follow(new LiveConnection(transport, { streaming: true }), ...ids)
  await pass(1_000)
  const [{ eventIds } = { eventIds: [] }] = server.openStreams()
  expect(liveAnalyticsInput.safeParse({ eventIds }).success).toBe(true)
  expect(liveAnalyticsInput.safeParse({ eventIds: [...eventIds, crypto.randomUUID()] }).success).toBe(false)
  expect(ids.map((id) => states[id]?.status)).toEqual([
    ...Array(20).fill('live'),
    ...Array(3).fill('polling'),
  ])
  leave()
})
