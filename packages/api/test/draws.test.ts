import { parseEntriesCsv } from '@eungmo/draw/list'
import { verifyDraw } from '@eungmo/draw/verify'
import { describe, expect, test } from 'vitest'
import { drawNow, verifiedDraw } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent, inHours } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner, staff, stranger },
} = await startTwoShops()

describe('drawing winners', () => {
  test('locks, draws, marks the winners and returns what verifyDraw confirms', async () => {
    const event = await createOpenEvent(owner, { winnerCount: 3, visitBonus: 2 })
    const entered = await enterParticipants(api.anonymous, event.id, 12)
    const { items } = await owner.participants.list({ eventId: event.id, limit: 12 })
    for (const { participantId } of items.slice(0, 4))
      await staff.participants.markVisit({ eventId: event.id, participantId })

    const preview = await owner.draws.preview({ eventId: event.id })
    expect(preview).toMatchObject({ entries: 12, eligible: 12, visited: 4, tickets: 20, beforeEnd: true })

    const response = await drawNow(owner, {
      eventId: event.id,
      winnerCount: 3,
      visitBonus: true,
      changeReason: '일찍 마감',
    })
    expect(response.winners.map(({ rank }) => rank)).toEqual([1, 2, 3])
    expect(response.winners[0]).toMatchObject({ name: expect.stringContaining('김하늘'), prize: '경품' })
    const phones = entered.map(({ phoneNumber }) => phoneNumber)
    for (const winner of response.winners) expect(phones).toContain(winner.phoneNumber)

    const after = await owner.participants.list({ eventId: event.id, limit: 12 })
    expect(after.items.filter(({ isWinner }) => isWinner)).toHaveLength(3)
    expect((await owner.events.get({ eventId: event.id })).status).toBe('drawn')

    const { transcript, entries } = await verifiedDraw(api, response.drawLogId)
    expect(transcript.records.map(({ type }) => type)).toEqual(['rules', 'rules', 'lock', 'result'])
    expect([...(entries as { tickets: number }[])].reduce((sum, { tickets }) => sum + tickets, 0)).toBe(20)

    const [log] = await owner.draws.list({ eventId: event.id })
    expect(log).toMatchObject({
      drawLogId: response.drawLogId,
      attempt: 1,
      drawMethod: 'visit-bonus',
      algorithm: 'strike-out/chacha20/1',
      winnerCount: 3,
      visitBonus: 2,
      previousDrawLogId: null,
      winners: response.winners,
      deviation: { endsAt: { published: event.endsAt }, changeReason: '일찍 마감' },
    })
    expect(log?.deviation?.winnerCount).toBeUndefined()
  })

  test('a winner count that differs from the published one is recorded with its reason and shown', async () => {
    const event = await createOpenEvent(owner, { winnerCount: 1 })
    await enterParticipants(api.anonymous, event.id, 4)
    const response = await drawNow(owner, { eventId: event.id, winnerCount: 2, visitBonus: 1 })
    expect(response.winners.map(({ prize }) => prize)).toEqual(['경품', null])
    const chain = await api.anonymous.draws.chain({ eventId: event.id })
    expect(chain.texts.map(({ entriesSoFar }) => entriesSoFar)).toEqual([0, 4])
    expect(chain.records[1]).toMatchObject({ type: 'rules', winnerCount: 2, visitBonus: null })
    expect(chain.records[2]).toMatchObject({ type: 'lock', winnerCount: 2, visitBonus: 1 })
    const [log] = await owner.draws.list({ eventId: event.id })
    expect(log?.deviation).toMatchObject({
      winnerCount: { published: 1, drawn: 2 },
      changeReason: null,
    })
    await verifiedDraw(api, response.drawLogId)
  })

  test('more winners than entries get 422 with both numbers, and nothing is written', async () => {
    const event = await createOpenEvent(owner)
    await enterParticipants(api.anonymous, event.id, 2)
    await expectApiError(
      owner.draws.drawWinners({ eventId: event.id, winnerCount: 3, visitBonus: false }),
      'NOT_ENOUGH_ENTRIES',
      { entries: 2, requested: 3 },
    )
    const chain = await api.anonymous.draws.chain({ eventId: event.id })
    expect(chain.records).toHaveLength(1)
    await enterParticipants(api.anonymous, event.id, 1, 2)
  })

  test('two owners who draw at once cause one draw; later calls get ALREADY_DRAWN', async () => {
    const event = await createOpenEvent(owner)
    await enterParticipants(api.anonymous, event.id, 5)
    const call = () => owner.draws.drawWinners({ eventId: event.id, winnerCount: 2, visitBonus: false })
    const results = await Promise.allSettled([call(), call(), call()])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const logs = await owner.draws.list({ eventId: event.id })
    expect(logs).toHaveLength(1)
    await expectApiError(call(), 'ALREADY_DRAWN', { drawLogId: logs[0]?.drawLogId })
  })

  test('an excluded entry stays in the list without tickets, as ineligible and not as a fraud, and is never drawn', async () => {
    const event = await createOpenEvent(owner, { winnerCount: 2 })
    await enterParticipants(api.anonymous, event.id, 4)
    await api.sql`update participants set exclusion_reason = 6 where event_id = ${event.id} and phone_index in
      (select phone_index from participants where event_id = ${event.id} order by id limit 2)`
    await expectApiError(
      owner.draws.drawWinners({ eventId: event.id, winnerCount: 3, visitBonus: false }),
      'NOT_ENOUGH_ENTRIES',
      { entries: 2, requested: 3 },
    )
    const { drawLogId } = await drawNow(owner, { eventId: event.id, winnerCount: 2, visitBonus: false })
    const entries = await api.anonymous.draws.entries({ drawLogId })
    expect(entries.map(({ tickets, reason }) => `${tickets} ${reason}`).toSorted()).toEqual([
      '0 4',
      '0 4',
      '1 0',
      '1 0',
    ])
    const { verification } = await verifiedDraw(api, drawLogId)
    expect(JSON.stringify(verification)).toContain('exclusions')
  })

  test('drafts are rejected, and so are staff, other shops and visitors', async () => {
    const draft = await owner.events.create({
      title: '초안',
      startsAt: inHours(1),
      endsAt: inHours(2),
      announcementDate: inHours(3),
      winnerCount: 1,
    })
    const input = { eventId: draft.id, winnerCount: 1, visitBonus: false }
    await expectApiError(owner.draws.drawWinners(input), 'CONFLICT')
    await expectApiError(staff.draws.drawWinners(input), 'FORBIDDEN')
    await expectApiError(stranger.draws.drawWinners(input), 'NOT_FOUND')
    await expectApiError(api.anonymous.draws.drawWinners(input), 'UNAUTHENTICATED')
    await expectApiError(api.anonymous.draws.chain({ eventId: draft.id }), 'NOT_FOUND')
  })
})

test('the locked list is the same as objects, as streamed JSON, and as CSV that verifies', async () => {
  const event = await createOpenEvent(owner, { winnerCount: 1 })
  await enterParticipants(api.anonymous, event.id, 3)
  const { drawLogId } = await drawNow(owner, { eventId: event.id, winnerCount: 1, visitBonus: false })
  const entries = await api.anonymous.draws.entries({ drawLogId })
  const read = async (format: 'json' | 'csv') => {
    const { chunks } = await api.dependencies.publicReads.entries(drawLogId, format)
    return (await Array.fromAsync(chunks())).join('')
  }
  expect(JSON.parse(await read('json'))).toEqual(entries)
  const csv = await read('csv')
  const transcript = await api.anonymous.draws.transcript({ drawLogId })
  expect(verifyDraw(transcript, parseEntriesCsv(csv))).toMatchObject({ ok: true })
})
