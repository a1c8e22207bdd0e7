import { describe, expect, test } from 'vitest'
import { drawNow, verifiedDraw } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants, entryInput } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner, staff },
} = await startTwoShops()

describe('redrawing', () => {
  test('a new attempt fills the freed ranks from the locked list without anyone drawn before', async () => {
    const event = await createOpenEvent(owner, { winnerCount: 3 })
    await enterParticipants(api.anonymous, event.id, 6)
    const first = await drawNow(owner, { eventId: event.id, winnerCount: 3, visitBonus: false })
    const second = await owner.draws.redraw({
      drawLogId: first.drawLogId,
      ranks: [3, 1],
      reason: 'declined',
    })
    if (!('winners' in second)) throw new Error('not drawn')
    expect(second.drawLogId).not.toBe(first.drawLogId)
    expect(second.winners.map(({ rank }) => rank)).toEqual([1, 2, 3])
    expect(second.winners[1]).toEqual(first.winners[1])
    const before = first.winners.map(({ applicationNumber }) => applicationNumber)
    expect(before).not.toContain(second.winners[0]?.applicationNumber)
    expect(before).not.toContain(second.winners[2]?.applicationNumber)
    await verifiedDraw(api, second.drawLogId)

    await expectApiError(
      owner.draws.redraw({ drawLogId: first.drawLogId, ranks: [1], reason: 'deadline' }),
      'DRAW_SUPERSEDED',
    )
    await expectApiError(
      owner.draws.redraw({ drawLogId: second.drawLogId, ranks: [1, 2], reason: '번호 오류' }),
      'NOT_ENOUGH_ENTRIES',
      { entries: 1, requested: 2 },
    )
    const third = await owner.draws.redraw({ drawLogId: second.drawLogId, ranks: [2], reason: '번호 오류' })
    const { transcript } = await verifiedDraw(api, third.drawLogId)
    expect(transcript.records.findLast(({ type }) => type === 'withdraw')).toMatchObject({
      reason: 'ineligible',
      slot: 2,
    })
    expect(JSON.stringify(transcript)).not.toContain('번호')

    const logs = await owner.draws.list({ eventId: event.id })
    expect(logs.map(({ attempt }) => attempt)).toEqual([3, 2, 1])
    expect(logs[2]?.winners).toEqual(first.winners)
    expect(logs[1]?.winners).toEqual(second.winners)
    const detail = await staff.draws.get({ drawLogId: third.drawLogId })
    expect(detail.history.filter(({ standing }) => standing === 'withdrawn')).toHaveLength(3)
    expect(detail.history.find(({ reason }) => reason === 'ineligible')?.note).toBe('번호 오류')
    const ever = await owner.participants.list({ eventId: event.id, limit: 10 })
    expect(ever.items.every(({ isWinner }) => isWinner)).toBe(true)
  })

  test('a waiting alternate moves up instead of a new draw, and the drawLogId stays', async () => {
    const event = await createOpenEvent(owner, { winnerCount: 2, alternateCount: 1 })
    await enterParticipants(api.anonymous, event.id, 6)
    const first = await drawNow(owner, { eventId: event.id, winnerCount: 2, visitBonus: false })
    const [drawn] = await owner.draws.list({ eventId: event.id })
    expect(drawn?.alternates).toHaveLength(1)

    const second = await owner.draws.redraw({ drawLogId: first.drawLogId, ranks: [1], reason: 'declined' })
    if (!('winners' in second)) throw new Error('not drawn')
    expect(second.drawLogId).toBe(first.drawLogId)
    expect(second.winners[1]).toEqual(first.winners[1])
    const { transcript } = await verifiedDraw(api, first.drawLogId)
    expect(transcript.records.at(-1)).toMatchObject({ type: 'withdraw', slot: 1, filledBy: 3 })
    expect((await owner.draws.list({ eventId: event.id }))[0]?.alternates).toEqual([])

    const { head } = await owner.draws.get({ drawLogId: first.drawLogId })
    expect(head).toBe(transcript.head)
    const third = await owner.draws.redraw({
      drawLogId: first.drawLogId,
      ranks: [1, 2],
      reason: 'fraud',
      head,
    })
    expect(third.drawLogId).not.toBe(first.drawLogId)
    await verifiedDraw(api, third.drawLogId)
    await expectApiError(
      owner.draws.redraw({ drawLogId: third.drawLogId, ranks: [1], reason: 'fraud', head }),
      'DRAW_SUPERSEDED',
    )
    await expectApiError(
      owner.draws.redraw({ drawLogId: third.drawLogId, ranks: [3], reason: 'fraud' }),
      'VALIDATION_FAILED',
      { fields: [{ field: 'ranks' }] },
    )
  })

  test('1,001 ranks at once are rejected', async () => {
    const ranks = Array.from({ length: 1_001 }, (_, at) => at + 1)
    await expectApiError(
      owner.draws.redraw({ drawLogId: Bun.randomUUIDv7(), ranks, reason: 'declined' }),
      'VALIDATION_FAILED',
      { fields: [{ field: 'ranks', code: 'ranks.too_many' }] },
    )
  })
})

describe('after the announcement', () => {
  test('a long list of winners comes in pages of 200, each with the totals and its own changes', async () => {
    const prizes = [
      { name: '케이크', count: 199 },
      { name: '쿠키', count: 6 },
    ]
    const event = await createOpenEvent(owner, { prizes, winnerCount: 205, alternateCount: 1 })
    await Promise.all(
      Array.from({ length: 206 }, (_, n) =>
        api.anonymous.participations.register(entryInput(event.id, n, { name: '김하늘' })),
      ),
    )
    const { drawLogId } = await drawNow(owner, { eventId: event.id, winnerCount: 205, visitBonus: false })
    await owner.draws.redraw({ drawLogId, ranks: [203], reason: 'declined' })
    await api.sql`update events set starts_at = now() - interval '3 days', ends_at = now() - interval '2 days',
      announcement_date = now() - interval '1 day' where id = ${event.id}`

    const first = await api.anonymous.winners.public({ slug: event.slug })
    expect(first.winners.map(({ rank }) => rank)).toEqual(Array.from({ length: 200 }, (_, at) => at + 1))
    expect(first).toMatchObject({ nextAfter: 200, total: 205, withdrawn: [] })
    expect(first.prizes).toHaveLength(2)
    expect(first.prizes).toEqual(
      expect.arrayContaining([
        { prize: '케이크', count: 199 },
        { prize: '쿠키', count: 6 },
      ]),
    )
    const second = await api.anonymous.winners.public({ slug: event.slug, after: 200 })
    expect(second.winners.map(({ rank }) => rank)).toEqual([201, 202, 203, 204, 205])
    expect(second).toMatchObject({
      nextAfter: null,
      total: 205,
      withdrawn: [{ rank: 203, reason: 'declined' }],
    })
  })

  test('winners are public with masked names, and the transcript contains their openings', async () => {
    const event = await createOpenEvent(owner, { winnerCount: 1 })
    await enterParticipants(api.anonymous, event.id, 3)
    const { drawLogId, winners } = await drawNow(owner, {
      eventId: event.id,
      winnerCount: 1,
      visitBonus: false,
    })
    const early = await api.anonymous.winners.public({ slug: event.slug })
    expect(early).toMatchObject({ state: 'waiting', winners: [], drawLogId })
    expect((await verifiedDraw(api, drawLogId)).transcript.openings).toEqual([])

    await api.sql`update events set starts_at = now() - interval '3 days', ends_at = now() - interval '2 days',
      announcement_date = now() - interval '1 day' where id = ${event.id}`
    const shown = await api.anonymous.winners.public({ slug: event.slug })
    expect(shown.state).toBe('announced')
    expect(shown.winners).toEqual([
      {
        rank: 1,
        name: expect.stringMatching(/^김\*+$/),
        applicationNumber: winners[0]?.applicationNumber,
        prize: '경품',
      },
    ])
    const { transcript, verification } = await verifiedDraw(api, drawLogId)
    expect(transcript.openings).toEqual([
      expect.objectContaining({ applicationNumber: winners[0]?.applicationNumber }),
    ])
    expect(verification).toMatchObject({ ok: true })
  })
})
