import { COUNTS_CHANNEL } from '@eungmo/db/connection/notifier'
import { isTrackedEnvelope } from '@trpc/server'
import { describe, expect, test } from 'vitest'
import { followAnalytics } from '../src/analytics/follow-analytics.ts'
import { analytics } from '../src/analytics/schema.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members: { owner, stranger },
} = await startTwoShops()

/** Counts entries as the consumer does. */
async function count(eventId: string, entryPath: string, hour: string, by = 1) {
  const { sql } = api.dependencies
  await sql`insert into analytics.event_totals (event_id, total) values (${eventId}, ${by})
    on conflict (event_id) do update set total = event_totals.total + excluded.total, updated_at = now()`
  await sql`insert into analytics.channel_counts values (${eventId}, ${entryPath}, ${by})
    on conflict (event_id, entry_path) do update set count = channel_counts.count + excluded.count`
  await sql`insert into analytics.hourly_counts values (${eventId}, ${hour}::timestamptz, ${by})
    on conflict (event_id, hour) do update set count = hourly_counts.count + excluded.count`
}
const notify = (payload: string) => api.sql`select pg_notify(${COUNTS_CHANNEL}, ${payload})`

describe('analytics', () => {
  test('of an event without entries list its channels with zero', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    expect(await api.as(owner).analytics.get({ eventId })).toEqual({
      total: 0,
      channels: ['우리동네TV', 'SNS', '링고비즈', '매장 방문'].map((entryPath) => ({ entryPath, count: 0 })),
      hourly: [],
      updatedAt: null,
    })
  })

  test('return totals, channels and hours as the analytics tables hold them', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    await count(eventId, 'SNS', '2026-11-22T15:00:00+00', 3)
    await count(eventId, '링고비즈', '2026-11-22T14:00:00+00', 2)
    await count(eventId, '예전 경로', '2026-11-22T14:00:00+00', 1)
    const counts = await api.as(owner).analytics.get({ eventId })
    expect(counts.total).toBe(6)
    expect(counts.channels).toEqual([
      { entryPath: '우리동네TV', count: 0 },
      { entryPath: 'SNS', count: 3 },
      { entryPath: '링고비즈', count: 2 },
      { entryPath: '매장 방문', count: 0 },
      { entryPath: '예전 경로', count: 1 },
    ])
    expect(counts.hourly).toEqual([
      { hour: '2026-11-22T14:00:00.000Z', count: 3 },
      { hour: '2026-11-22T15:00:00.000Z', count: 3 },
    ])
    expect(Math.abs(Date.parse(counts.updatedAt ?? '') - Date.now())).toBeLessThan(60_000)
  })

  test("of a shop contain its own events' totals and last 24 hours", async () => {
    const shop = await api.createShop()
    const [first, second] = [
      await createOpenEvent(api.as(shop.owner)),
      await createOpenEvent(api.as(shop.owner)),
    ]
    const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000)
    await count(first.id, 'SNS', hour.toISOString(), 4)
    await count(first.id, 'SNS', new Date(hour.getTime() - 23 * 3_600_000).toISOString(), 2)
    await count(first.id, 'SNS', new Date(hour.getTime() - 30 * 3_600_000).toISOString(), 9)
    const rows = await api.as(shop.staff).analytics.shop()
    expect(rows.map(({ eventId, total }) => [eventId, total])).toEqual([
      [second.id, 0],
      [first.id, 15],
    ])
    expect(rows[1]?.last24Hours).toEqual([2, ...Array(22).fill(0), 4])
    expect(rows[0]?.last24Hours).toEqual(Array(24).fill(0))
  })

  test('are rejected for visitors and other shops, live ones too', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    await expect(api.anonymous.analytics.get({ eventId })).rejects.toThrow('UNAUTHENTICATED')
    await expect(api.as(stranger).analytics.get({ eventId })).rejects.toThrow('NOT_FOUND')
    const live = await api.as(stranger).analytics.live({ eventId })
    await expect(live[Symbol.asyncIterator]().next()).rejects.toThrow('NOT_FOUND')
  })
})

describe('live analytics', () => {
  test('arrive at once and after every notified change, each with its id', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    const live = (await api.as(owner).analytics.live({ eventId }))[Symbol.asyncIterator]()
    const next = async () => {
      const { value } = await live.next()
      if (!isTrackedEnvelope(value)) throw new Error('the live analytics ended')
      return { id: value[0], analytics: analytics.parse(value[1]) }
    }
    expect((await next()).analytics.total).toBe(0)
    await count(eventId, 'SNS', '2026-11-22T15:00:00+00')
    await notify(`${Bun.randomUUIDv7()},${eventId}`)
    const { id, analytics: after } = await next()
    expect(after.total).toBe(1)
    expect(id).toBe(after.updatedAt)
    await count(eventId, 'SNS', '2026-11-22T15:00:00+00', 5)
    await notify('')
    expect((await next()).analytics.total).toBe(6)
    await live.return?.()
  })

  test('catch up by themselves after the notification connection was lost', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    const stop = new AbortController()
    const live = followAnalytics(api.dependencies, owner, eventId, stop.signal)
    expect((await live.next()).value).toMatchObject({ total: 0 })
    const next = live.next()
    await count(eventId, 'SNS', '2026-11-22T15:00:00+00', 2)
    const ended = await api.sql`
      select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'eungmo counts feed'
      and datname = current_database()`
    expect(ended.length).toBe(1)
    expect((await next).value).toMatchObject({ total: 2 })
    stop.abort()
    expect((await live.next()).done).toBe(true)
  })
})
