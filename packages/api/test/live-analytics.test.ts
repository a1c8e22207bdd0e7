import { COUNTS_CHANNEL } from '@eungmo/db/connection/notifier'
import { afterEach, describe, expect, test } from 'vitest'
import { createCountsFeed } from '../src/analytics/counts-feed.ts'
import { readEventAnalytics } from '../src/analytics/event-counts.ts'
import { countsOf } from './support/counts.ts'
import { openLive } from './support/live.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members: { owner, stranger },
} = await startTwoShops()
const { count, view, notify } = countsOf(api)
const NOON = '2026-11-22T12:00:00.000Z'

const open = new AbortController()
const live = (eventIds: string[], viewer = owner) =>
  openLive(api, { viewer, eventIds, signal: AbortSignal.any([open.signal]) })
const createEvent = async () => (await createOpenEvent(api.as(owner))).id

describe('live analytics', () => {
  test('arrive at once and after every notified change', async () => {
    const eventId = await createEvent()
    const updates = await live([eventId])
    expect(await updates.next()).toMatchObject({ eventId, total: 0, hours: 'all', updatedAt: null })
    await count(eventId, 'SNS', NOON)
    await notify(`${Bun.randomUUIDv7()},${eventId}`)
    expect(await updates.next()).toMatchObject({ total: 1, hours: 'changed' })
    await count(eventId, 'SNS', NOON, 5)
    await notify('')
    expect(await updates.next()).toMatchObject({ total: 6 })
    await updates.leave()
  })

  test('of a later update hold the hours that changed only', async () => {
    const eventId = await createEvent()
    for (const hour of ['10', '11', '12']) await count(eventId, 'SNS', `2026-11-22T${hour}:00:00Z`, 2)
    const updates = await live([eventId])
    expect((await updates.next()).hourly).toHaveLength(3)
    await count(eventId, 'SNS', NOON)
    await count(eventId, 'SNS', '2026-11-22T10:00:00Z', -2)
    await notify(eventId)
    expect((await updates.next()).hourly).toEqual([
      { hour: NOON, count: 3 },
      { hour: '2026-11-22T10:00:00.000Z', count: 0 },
    ])
    await updates.leave()
  })

  test('hold the views, and of a later update the hours of views that changed only', async () => {
    const eventId = await createEvent()
    const updates = await live([eventId])
    expect((await updates.next()).views).toBeNull()
    await view(eventId, 'sns', NOON, 3)
    await notify(eventId)
    expect((await updates.next()).views).toMatchObject({ total: 3, hourly: [{ hour: NOON, count: 3 }] })
    const next = '2026-11-22T13:00:00.000Z'
    await view(eventId, '~direct', next, 4)
    await notify(eventId)
    expect((await updates.next()).views).toMatchObject({
      total: 7,
      direct: 4,
      hourly: [{ hour: next, count: 4 }],
    })
    await updates.leave()
  })

  test('of several events come in one stream', async () => {
    const eventIds = [await createEvent(), await createEvent(), await createEvent()]
    const updates = await live([...eventIds, ...eventIds])
    const first = [await updates.next(), await updates.next(), await updates.next()]
    expect(first.map(({ eventId }) => eventId).sort()).toEqual(eventIds.toSorted())
    await count(eventIds[1] ?? '', 'SNS', NOON)
    await notify('')
    expect(await updates.next()).toMatchObject({ eventId: eventIds[1], total: 1 })
    await updates.leave()
  })

  test('are not found when one of the events is of another shop', async () => {
    const eventIds = [await createEvent(), (await createOpenEvent(api.as(stranger))).id]
    await expect(live(eventIds)).rejects.toThrow('NOT_FOUND')
  })

  test('catch up by themselves after the notification connection was lost', async () => {
    const eventId = await createEvent()
    const updates = await live([eventId])
    expect(await updates.next()).toMatchObject({ total: 0 })
    const next = updates.next()
    await count(eventId, 'SNS', NOON, 2)
    const ended = await api.sql`
      select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'eungmo counts feed'
      and datname = current_database()`
    expect(ended.length).toBeGreaterThan(0)
    expect(await next).toMatchObject({ total: 2 })
    await updates.leave()
  })

  test('end when the client leaves, and when the process stops', async () => {
    const eventId = await createEvent()
    const [first, second] = [new AbortController(), await live([eventId])]
    const updates = await openLive(api, { viewer: owner, eventIds: [eventId], signal: first.signal })
    await updates.next()
    await second.next()
    const [left, stopped] = [updates.rest(), second.rest()]
    first.abort()
    expect(await left).toEqual([])
    open.abort()
    expect(await stopped).toEqual([])
  })
})

describe('followers of one event', () => {
  const reads: string[] = []
  let hold: Promise<void> | undefined
  const feed = createCountsFeed(api.url, COUNTS_CHANNEL, {
    async read(eventId) {
      const counts = await readEventAnalytics(api.dependencies.db, eventId)
      reads.push(eventId)
      await hold
      return counts
    },
  })
  const left = new AbortController()
  const follow = (eventId: string) => feed.follow([eventId], left.signal)
  afterEach(() => {
    reads.length = 0
  })

  test('share one read per change, however many they are', async () => {
    const eventId = await createEvent()
    const followers = Array.from({ length: 40 }, () => follow(eventId))
    await Promise.all(followers.map((follower) => follower.next()))
    // All joined at once: one read began with the first, the others share the next one.
    expect(reads.length).toBeLessThanOrEqual(3)
    reads.length = 0
    const changed = followers.map((follower) => follower.next())
    await count(eventId, 'SNS', NOON)
    await notify(eventId)
    const results = await Promise.all(changed)
    expect(results.map(({ value }) => value.counts.total)).toEqual(Array(40).fill(1))
    expect(reads).toEqual([eventId])
  })

  test('never get counts whose read started before they joined', async () => {
    const eventId = await createEvent()
    const early = follow(eventId)
    const held = Promise.withResolvers<void>()
    hold = held.promise
    const first = early.next()
    await expect.poll(() => reads.length).toBe(1)
    await count(eventId, 'SNS', NOON)
    const late = follow(eventId).next()
    hold = undefined
    held.resolve()
    expect((await first).value).toMatchObject({ counts: { total: 0 } })
    expect((await late).value).toMatchObject({ counts: { total: 1 } })
  })

  test('get the newest counts only, when they read slowly', async () => {
    const eventId = await createEvent()
    const [slow, quick] = [follow(eventId), follow(eventId)]
    await Promise.all([slow.next(), quick.next()])
    for (let total = 1; total <= 5; total++) {
      await count(eventId, 'SNS', NOON)
      await notify(eventId)
      expect((await quick.next()).value).toMatchObject({ counts: { total } })
    }
    expect((await slow.next()).value).toMatchObject({ counts: { total: 5 } })
    left.abort()
    expect((await slow.next()).done).toBe(true)
    await feed.close()
  })
})
