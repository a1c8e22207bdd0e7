import { type EntryInput, parseEntriesCsv } from '@eungmo/draw/list'
import { verifyDraw } from '@eungmo/draw/verify'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { streamEntriesCsv, streamEntriesJson } from '../src/draws/stream-entries.ts'
import { type ApiFixture, type Caller, startApi } from './support/api-fixture.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent, inHours } from './support/sample-events.ts'

let api: ApiFixture
let owner: Caller
let staff: Caller
let stranger: Caller

beforeAll(async () => {
  api = await startApi(inject('postgresUrl'))
  const shop = await api.createShop()
  owner = api.as(shop.owner)
  staff = api.as(shop.staff)
  stranger = api.as((await api.createShop('다른 가게')).owner)
})
afterAll(() => api.close())

async function verified(drawLogId: string) {
  const transcript = await api.anonymous.draws.transcript({ drawLogId })
  const entries: EntryInput = await api.anonymous.draws.entries({ drawLogId })
  const verification = verifyDraw(transcript, entries)
  expect(verification).toMatchObject({ ok: true })
  return { transcript, entries, verification }
}

/** Draws; throws when the result is still pending. */
async function draw(input: Parameters<Caller['draws']['drawWinners']>[0]) {
  const response = await owner.draws.drawWinners(input)
  if (!('winners' in response)) throw new Error('the draw is still pending')
  return response
}

describe('drawing winners', () => {
  test('locks, draws, marks the winners and returns what verifyDraw confirms', async () => {
    const event = await createOpenEvent(owner, { winnerCount: 3, visitBonus: 2 })
    const entered = await enterParticipants(api.anonymous, event.id, 12)
    const { items } = await owner.participants.list({ eventId: event.id, limit: 12 })
    for (const { participantId } of items.slice(0, 4))
      await staff.participants.markVisit({ eventId: event.id, participantId })

    const preview = await owner.draws.preview({ eventId: event.id })
    expect(preview).toMatchObject({ entries: 12, eligible: 12, visited: 4, tickets: 20, beforeEnd: true })

    const response = await draw({
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

    const { transcript, entries } = await verified(response.drawLogId)
    expect(transcript.records.map(({ type }) => type)).toEqual(['rules', 'rules', 'lock', 'result'])
    expect([...(entries as { tickets: number }[])].reduce((sum, { tickets }) => sum + tickets, 0)).toBe(20)

    const [log] = await staff.draws.list({ eventId: event.id })
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
    const response = await draw({ eventId: event.id, winnerCount: 2, visitBonus: 1 })
    expect(response.winners.map(({ prize }) => prize)).toEqual(['경품', null])
    const chain = await api.anonymous.draws.chain({ eventId: event.id })
    expect(chain.texts.map(({ entriesSoFar }) => entriesSoFar)).toEqual([0, 4])
    expect(chain.records[1]).toMatchObject({ type: 'rules', winnerCount: 2, visitBonus: 1 })
    const [log] = await owner.draws.list({ eventId: event.id })
    expect(log?.deviation).toMatchObject({
      winnerCount: { published: 1, drawn: 2 },
      visitBonus: { published: 0, drawn: 1 },
      changeReason: null,
    })
    await verified(response.drawLogId)
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

  test('an excluded entry stays in the list without tickets, with its reason, and is never drawn', async () => {
    const event = await createOpenEvent(owner, { winnerCount: 2 })
    await enterParticipants(api.anonymous, event.id, 4)
    await api.sql`update participants set exclusion_reason = 6 where event_id = ${event.id} and phone_index in
      (select phone_index from participants where event_id = ${event.id} order by id limit 2)`
    await expectApiError(
      owner.draws.drawWinners({ eventId: event.id, winnerCount: 3, visitBonus: false }),
      'NOT_ENOUGH_ENTRIES',
      { entries: 2, requested: 3 },
    )
    const { drawLogId } = await draw({ eventId: event.id, winnerCount: 2, visitBonus: false })
    const entries = await api.anonymous.draws.entries({ drawLogId })
    expect(entries.map(({ tickets, reason }) => `${tickets} ${reason}`).toSorted()).toEqual([
      '0 6',
      '0 6',
      '1 0',
      '1 0',
    ])
    const { verification } = await verified(drawLogId)
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
    await expectApiError(stranger.draws.drawWinners(input), 'FORBIDDEN')
    await expectApiError(api.anonymous.draws.drawWinners(input), 'UNAUTHENTICATED')
    await expectApiError(api.anonymous.draws.chain({ eventId: draft.id }), 'NOT_FOUND')
  })
})

test('the locked list is the same as objects, as streamed JSON, and as CSV that verifies', async () => {
  const event = await createOpenEvent(owner, { winnerCount: 1 })
  await enterParticipants(api.anonymous, event.id, 3)
  const { drawLogId } = await draw({ eventId: event.id, winnerCount: 1, visitBonus: false })
  const entries = await api.anonymous.draws.entries({ drawLogId })
  const json = await Array.fromAsync(await streamEntriesJson(api.dependencies, drawLogId))
  expect(JSON.parse(json.join(''))).toEqual(entries)
  const csv = (await Array.fromAsync(await streamEntriesCsv(api.dependencies, drawLogId))).join('')
  const transcript = await api.anonymous.draws.transcript({ drawLogId })
  expect(verifyDraw(transcript, parseEntriesCsv(csv))).toMatchObject({ ok: true })
})

describe('redrawing', () => {
  test('a new attempt fills the freed ranks from the locked list without anyone drawn before', async () => {
    const event = await createOpenEvent(owner, { winnerCount: 3 })
    await enterParticipants(api.anonymous, event.id, 6)
    const first = await draw({ eventId: event.id, winnerCount: 3, visitBonus: false })
    const second = await owner.draws.redraw({
      drawLogId: first.drawLogId,
      ranks: [3, 1],
      reason: 'unreachable',
    })
    if (!('winners' in second)) throw new Error('not drawn')
    expect(second.drawLogId).not.toBe(first.drawLogId)
    expect(second.winners.map(({ rank }) => rank)).toEqual([1, 2, 3])
    expect(second.winners[1]).toEqual(first.winners[1])
    const before = first.winners.map(({ applicationNumber }) => applicationNumber)
    expect(before).not.toContain(second.winners[0]?.applicationNumber)
    expect(before).not.toContain(second.winners[2]?.applicationNumber)
    await verified(second.drawLogId)

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
    const { transcript } = await verified(third.drawLogId)
    expect(transcript.records.findLast(({ type }) => type === 'withdraw')).toMatchObject({
      reason: 'other',
      slot: 2,
    })
    expect(JSON.stringify(transcript)).not.toContain('번호')

    const logs = await owner.draws.list({ eventId: event.id })
    expect(logs.map(({ attempt }) => attempt)).toEqual([3, 2, 1])
    expect(logs[2]?.winners).toEqual(first.winners)
    expect(logs[1]?.winners).toEqual(second.winners)
    const detail = await staff.draws.get({ drawLogId: third.drawLogId })
    expect(detail.history.filter(({ standing }) => standing === 'withdrawn')).toHaveLength(3)
    expect(detail.history.find(({ reason }) => reason === 'other')?.note).toBe('번호 오류')
    const ever = await owner.participants.list({ eventId: event.id, limit: 10 })
    expect(ever.items.every(({ isWinner }) => isWinner)).toBe(true)
  })

  test('a waiting alternate moves up instead of a new draw, and the drawLogId stays', async () => {
    const event = await createOpenEvent(owner, { winnerCount: 2, alternateCount: 1 })
    await enterParticipants(api.anonymous, event.id, 6)
    const first = await draw({ eventId: event.id, winnerCount: 2, visitBonus: false })
    const [drawn] = await owner.draws.list({ eventId: event.id })
    expect(drawn?.alternates).toHaveLength(1)

    const second = await owner.draws.redraw({ drawLogId: first.drawLogId, ranks: [1], reason: 'declined' })
    if (!('winners' in second)) throw new Error('not drawn')
    expect(second.drawLogId).toBe(first.drawLogId)
    expect(second.winners[1]).toEqual(first.winners[1])
    const { transcript } = await verified(first.drawLogId)
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
    await verified(third.drawLogId)
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

  test('a 257th attempt is rejected: the chain of secrets is used up', async () => {
    const event = await createOpenEvent(owner, { winnerCount: 1 })
    await enterParticipants(api.anonymous, event.id, 258)
    let { drawLogId } = await draw({ eventId: event.id, winnerCount: 1, visitBonus: false })
    for (let attempt = 2; attempt <= 256; attempt++)
      ({ drawLogId } = await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'unreachable' }))
    const { transcript } = await verified(drawLogId)
    await expectApiError(owner.draws.redraw({ drawLogId, ranks: [1], reason: 'unreachable' }), 'CONFLICT', {
      reason: 'attempts-used-up',
    })
    expect((await api.anonymous.draws.transcript({ drawLogId })).head).toBe(transcript.head)
  }, 120_000)
})

describe('after the announcement', () => {
  test('winners are public with masked names and numbers, and the transcript contains their openings', async () => {
    const event = await createOpenEvent(owner, { winnerCount: 1 })
    await enterParticipants(api.anonymous, event.id, 3)
    const { drawLogId, winners } = await draw({ eventId: event.id, winnerCount: 1, visitBonus: false })
    const early = await api.anonymous.winners.public({ slug: event.slug })
    expect(early).toMatchObject({ state: 'waiting', winners: [], drawLogId })
    expect((await verified(drawLogId)).transcript.openings).toEqual([])

    await api.sql`update events set starts_at = now() - interval '3 days', ends_at = now() - interval '2 days',
      announcement_date = now() - interval '1 day' where id = ${event.id}`
    const shown = await api.anonymous.winners.public({ slug: event.slug })
    expect(shown.state).toBe('announced')
    expect(shown.winners).toEqual([
      {
        rank: 1,
        name: expect.stringMatching(/^김\*+$/),
        phoneNumber: expect.stringMatching(/^010-\*{4}-\*\*\d\d$/),
        applicationNumber: winners[0]?.applicationNumber,
        prize: '경품',
      },
    ])
    const { transcript, verification } = await verified(drawLogId)
    expect(transcript.openings).toEqual([
      expect.objectContaining({ applicationNumber: winners[0]?.applicationNumber }),
    ])
    expect(verification).toMatchObject({ ok: true })
  })
})
