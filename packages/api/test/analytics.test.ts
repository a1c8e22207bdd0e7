import { describe, expect, test } from 'vitest'
import { exportDailyCounts } from '../src/analytics/export-daily-counts.ts'
import { seoulRecordTime, startOfSeoulDay } from '../src/seoul-time.ts'
import { countsOf } from './support/counts.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members: { owner, stranger },
} = await startTwoShops()

const { count, view } = countsOf(api)

describe('analytics', () => {
  test('of an event without entries list its channels with zero', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    expect(await api.as(owner).analytics.get({ eventId })).toEqual({
      total: 0,
      channels: ['우리동네TV', 'SNS', '링고비즈', '매장 방문'].map((entryPath) => ({ entryPath, count: 0 })),
      hourly: [],
      updatedAt: null,
      views: null,
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

  test('return viewers by channel, by other source and by hour', async () => {
    const { id: eventId } = await createOpenEvent(api.as(owner))
    const [first, second] = ['2026-11-22T14:00:00.000Z', '2026-11-22T15:00:00.000Z']
    await view(eventId, 'sns', first, 30)
    await view(eventId, 'sns', second, 10)
    await view(eventId, 'store', second, 4)
    await view(eventId, '~direct', second, 7)
    await view(eventId, '~share', second, 2)
    expect((await api.as(owner).analytics.get({ eventId })).views).toEqual({
      total: 53,
      channels: [
        { entryPath: '우리동네TV', count: 0 },
        { entryPath: 'SNS', count: 40 },
        { entryPath: '링고비즈', count: 0 },
        { entryPath: '매장 방문', count: 4 },
      ],
      shared: 2,
      direct: 7,
      other: 0,
      hourly: [
        { hour: first, count: 30 },
        { hour: second, count: 23 },
      ],
    })
  })

  test('by day leave as a file for owners: viewers, participants and conversion of each channel', async () => {
    const shop = await api.createShop()
    const { id: eventId } = await createOpenEvent(api.as(shop.owner))
    for (const phoneNumber of ['01011110001', '01011110002'])
      await api.anonymous.participations.register({
        eventId,
        name: '김하늘',
        phoneNumber,
        entryPath: 'SNS',
        privacyConsent: true,
      })
    const today = startOfSeoulDay(Date.now())
    const yesterday = new Date(today - 3_600_000).toISOString()
    await view(eventId, 'sns', new Date(today).toISOString(), 8)
    await view(eventId, '~direct', new Date(today).toISOString(), 3)
    await view(eventId, 'tv', yesterday, 5)
    const day = (moment: number) => seoulRecordTime(moment).slice(0, 10)
    const { fileName, chunks } = await exportDailyCounts(api.contextOf(shop.owner), eventId)
    expect(fileName).toContain('날짜별 참여.csv')
    expect((await Array.fromAsync(chunks)).join('')).toBe(
      [
        '\ufeff"날짜","참여경로","본 사람(추정)","참여","전환율(%)"',
        `"${day(today - 1)}","우리동네TV","5","0","0"`,
        `"${day(today)}","SNS","8","2","25"`,
        `"${day(today)}","직접","3","",""`,
        '',
      ].join('\r\n'),
    )
    for (const [viewer, code] of [
      [shop.staff, 'FORBIDDEN'],
      [stranger, 'NOT_FOUND'],
    ] as const)
      await expect(exportDailyCounts(api.contextOf(viewer), eventId)).rejects.toMatchObject({ code })
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
