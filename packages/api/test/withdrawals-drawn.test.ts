import { readClock } from '@eungmo/db/queries/clock'
import { describe, expect, test } from 'vitest'
import { destroyDue } from '../src/destruction/destroy-due.ts'
import { announceDaysAgo } from './support/age-event.ts'
import { drawNow, verifiedDraw } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { expectVerifiedElsewhere } from './support/other-verifiers.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'
import { drawnEvent, entryOf, withdraw } from './support/withdrawals.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops()

describe('after the result', () => {
  test('a winner needs the receipt as well; the prize goes to the alternate, and the page says no more', async () => {
    const { event, entries, drawLogId, winnerOf } = await drawnEvent(api, owner, {
      winnerCount: 2,
      alternateCount: 1,
    })
    const winner = winnerOf(1)
    await expectApiError(withdraw(api, event.id, winner), 'VALIDATION_FAILED', {
      fields: [{ field: 'receipt', code: 'receipt.required' }],
    })
    const other = entryOf(entries, winnerOf(2).applicationNumber)
    await expectApiError(withdraw(api, event.id, winner, other.receipt), 'VALIDATION_FAILED', {
      fields: [{ field: 'receipt', code: 'receipt.other' }],
    })
    expect(await withdraw(api, event.id, winner, winner.receipt)).toMatchObject({ alreadyWithdrawn: false })

    const { transcript } = await verifiedDraw(api, drawLogId)
    expect(transcript.records.at(-1)).toMatchObject({
      type: 'withdraw',
      slot: 1,
      reason: 'withdrawn',
      filledBy: 3,
    })
    expect(transcript.openings.map(({ applicationNumber }) => applicationNumber)).not.toContain(
      winner.applicationNumber,
    )
    const page = await api.anonymous.winners.public({ slug: event.slug })
    expect(page.winners.map(({ rank }) => rank)).toEqual([1, 2])
    expect(page.withdrawn).toMatchObject([{ rank: 1, reason: 'declined' }])
    expect(JSON.stringify(page)).not.toContain(winner.applicationNumber)
  })

  test('without a waiting alternate the place stays empty until the owner redraws', async () => {
    const { event, drawLogId, winnerOf } = await drawnEvent(api, owner, { winnerCount: 2, alternateCount: 0 })
    const winner = winnerOf(1)
    await withdraw(api, event.id, winner, winner.receipt)
    const { transcript } = await verifiedDraw(api, drawLogId)
    expect(transcript.records.at(-1)).toMatchObject({ type: 'withdraw', slot: 1, filledBy: null })
    const detail = await owner.draws.get({ drawLogId })
    expect(detail.winners.map(({ rank }) => rank)).toEqual([2])
    expect(detail.history.find(({ rank }) => rank === 1)).toMatchObject({
      standing: 'withdrawn',
      name: null,
      applicationNumber: null,
    })

    const filled = await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'withdrawn' })
    if (!('winners' in filled)) throw new Error('not drawn')
    expect(filled.winners.map(({ rank }) => rank)).toEqual([1, 2])
    const after = await verifiedDraw(api, filled.drawLogId)
    expect(after.transcript.records.slice(-2).map(({ type }) => type)).toEqual(['lock', 'result'])
    const earlier = (await owner.draws.list({ eventId: event.id })).at(-1)
    expect(earlier?.winners.map(({ rank }) => rank)).toEqual([1, 2])
  })

  test('a redraw of another place fills the empty one in the same attempt', async () => {
    const { event, drawLogId, winnerOf } = await drawnEvent(api, owner, { winnerCount: 2, alternateCount: 0 })
    const winner = winnerOf(2)
    await withdraw(api, event.id, winner, winner.receipt)
    const filled = await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined' })
    if (!('winners' in filled)) throw new Error('not drawn')
    expect(filled.winners.map(({ rank }) => rank)).toEqual([1, 2])
    const { transcript } = await verifiedDraw(api, filled.drawLogId)
    expect(transcript.records.at(-2)).toMatchObject({ type: 'lock', winnerCount: 2 })
  })

  test('an alternate who withdrew is passed over, and says nothing about having been one', async () => {
    const { event, entries, drawLogId, winnerOf } = await drawnEvent(api, owner, {
      winnerCount: 1,
      alternateCount: 2,
    })
    const [waiting] = await api.sql`select p.application_number as number from draw_winners w
      join participants p on p.id = w.participant_id and p.event_id = w.event_id
      where w.event_id = ${event.id} and w.draw_rank = 2`
    expect(await withdraw(api, event.id, entryOf(entries, waiting?.number))).toMatchObject({
      alreadyWithdrawn: false,
    })
    await owner.draws.redraw({ drawLogId, ranks: [1], reason: '연락 안 됨', note: '두 번 전화' })
    const { transcript } = await verifiedDraw(api, drawLogId)
    expect(transcript.records.slice(-2)).toMatchObject([
      { type: 'withdraw', slot: 1, reason: 'ineligible', filledBy: 2 },
      { type: 'withdraw', slot: 1, reason: 'withdrawn', filledBy: 3 },
    ])
    const { winners, history } = await owner.draws.get({ drawLogId })
    expect(winners).toHaveLength(1)
    expect(history.map(({ standing, note }) => [standing, note === null])).toEqual([
      ['withdrawn', false],
      ['withdrawn', true],
      ['selected', true],
    ])
    expect(history[0]?.applicationNumber).toBe(winnerOf(1).applicationNumber)
  })

  test('who has the prize withdraws without giving the place up: the data goes, and nobody moves up', async () => {
    const { event, drawLogId, winnerOf } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 1 })
    const winner = winnerOf(1)
    await api.sql`update draw_winners set handed_over_at = now() where event_id = ${event.id} and draw_rank = 1`
    const before = (await verifiedDraw(api, drawLogId)).transcript.head
    expect(await withdraw(api, event.id, winner, winner.receipt)).toMatchObject({ alreadyWithdrawn: false })
    expect((await verifiedDraw(api, drawLogId)).transcript.head).toBe(before)
    const { history, alternates } = await owner.draws.get({ drawLogId })
    expect(history).toMatchObject([{ standing: 'selected', name: null, applicationNumber: null }])
    expect(history[0]?.handedOverAt).not.toBeNull()
    expect(alternates).toHaveLength(1)
  })

  test('a redraw that draws somebody who withdrew leaves the place empty again', async () => {
    const { event, entries, drawLogId, winners } = await drawnEvent(api, owner, {
      winnerCount: 5,
      alternateCount: 0,
    })
    const won = new Set(winners.map(({ applicationNumber }) => applicationNumber))
    const last = entries.find(({ applicationNumber }) => !won.has(applicationNumber))
    if (!last) throw new Error('everybody won')
    await withdraw(api, event.id, last)
    const next = await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined' })
    if (!('winners' in next)) throw new Error('not drawn')
    expect(next.winners.map(({ rank }) => rank)).toEqual([2, 3, 4, 5])
    const { transcript } = await verifiedDraw(api, next.drawLogId)
    expect(transcript.records.at(-1)).toMatchObject({ type: 'withdraw', slot: 1, reason: 'withdrawn' })
  })

  test('before the announcement everybody needs the receipt, so that the question tells nobody who won', async () => {
    const event = await createOpenEvent(owner, { winnerCount: 1, alternateCount: 0 })
    const entries = await enterParticipants(api.anonymous, event.id, 4)
    await drawNow(owner, { eventId: event.id, winnerCount: 1, visitBonus: false })
    for (const entry of entries)
      await expectApiError(withdraw(api, event.id, entry), 'VALIDATION_FAILED', {
        fields: [{ field: 'receipt', code: 'receipt.required' }],
      })
    await announceDaysAgo(api, event.id, 1)
    const outcomes = await Promise.allSettled(entries.map((entry) => withdraw(api, event.id, entry)))
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1)
  })

  test('what a withdrawal left is not destroyed again at its date', async () => {
    const { event, winnerOf } = await drawnEvent(api, owner, { winnerCount: 2, alternateCount: 1 })
    await withdraw(api, event.id, winnerOf(1), winnerOf(1).receipt)
    await announceDaysAgo(api, event.id, 91)
    await destroyDue(api.dependencies, { now: await readClock(api.dependencies.db) })
    const records = await api.sql`select reason, count from destruction_records where event_id = ${event.id}
      order by reason`
    expect([...records]).toEqual([
      { reason: 'not-won', count: 3 },
      { reason: 'withdrawn', count: 1 },
      { reason: 'won', count: 2 },
    ])
  })
})

test('transcripts have the head that the chain has', async () => {
  const { event, drawLogId, winnerOf } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 1 })
  await withdraw(api, event.id, winnerOf(1), winnerOf(1).receipt)
  const transcript = await api.anonymous.draws.transcript({ drawLogId })
  expect(transcript.head).toBe((await owner.draws.get({ drawLogId })).head)
})

test('the CLI and Python accept withdrawn entries in the list, withdraw records and empty places', async () => {
  const event = await createOpenEvent(owner, { winnerCount: 2, alternateCount: 1 })
  const entries = await enterParticipants(api.anonymous, event.id, 6)
  const [early] = entries
  if (!early?.receipt) throw new Error('not entered')
  await withdraw(api, event.id, early)
  const { drawLogId, winners } = await drawNow(owner, {
    eventId: event.id,
    winnerCount: 2,
    visitBonus: false,
  })
  for (const { applicationNumber } of winners) {
    const winner = entryOf(entries, applicationNumber)
    await withdraw(api, event.id, winner, winner.receipt)
  }
  const { transcript, entries: list } = await verifiedDraw(api, drawLogId)
  expect(list).toContainEqual({ id: early.receipt.receipt.id, tickets: 0, reason: 5 })
  expect(transcript.records.slice(-2)).toMatchObject([
    { type: 'withdraw', reason: 'withdrawn', filledBy: 3 },
    { type: 'withdraw', reason: 'withdrawn', filledBy: null },
  ])
  await expectVerifiedElsewhere(api, drawLogId, early.receipt)
})
