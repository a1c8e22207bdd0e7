import { describe, expect, test } from 'vitest'
import { countsOf } from './support/counts.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members: { owner, stranger },
} = await startTwoShops()

const { count } = countsOf(api)

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
    await expect(api.as(stranger).analytics.live({ eventIds: [eventId] })).rejects.toThrow('NOT_FOUND')
    await expect(api.anonymous.analytics.live({ eventIds: [eventId] })).rejects.toThrow('UNAUTHENTICATED')
  })
})
