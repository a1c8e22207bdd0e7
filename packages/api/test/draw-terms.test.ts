import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type ApiFixture, type Caller, startApi } from './support/api-fixture.ts'
import { drawNow, verifiedDraw } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'

let api: ApiFixture
let owner: Caller
let staff: Caller

beforeAll(async () => {
  api = await startApi(inject('postgresUrl'))
  const shop = await api.createShop()
  owner = api.as(shop.owner)
  staff = api.as(shop.staff)
})
afterAll(() => api.close())

type EventTerms = Parameters<typeof createOpenEvent>[1]

/** An event that has ended with this many entries, the first of whom visited. */
async function endedEvent(entries: number, terms: EventTerms = {}) {
  const event = await createOpenEvent(owner, terms)
  await enterParticipants(api.anonymous, event.id, entries)
  const { items } = await staff.participants.list({ eventId: event.id, limit: 1 })
  await staff.participants.markVisit({ eventId: event.id, participantId: items[0]?.participantId ?? '' })
  return {
    ...event,
    draw: (input: object) =>
      drawNow(owner, { eventId: event.id, winnerCount: 2, visitBonus: false, ...input }),
  }
}

const logOf = async (eventId: string) => (await owner.draws.list({ eventId }))[0]

describe('a visit bonus that was left out', () => {
  test('is decided by the draw, says so in the rules, and is no deviation', async () => {
    for (const [visitBonus, tickets] of [
      [true, 4],
      [false, 3],
    ] as const) {
      const event = await endedEvent(3)
      expect(event.visitBonus).toBeNull()
      expect((await api.anonymous.events.getBySlug({ slug: event.slug })).rules?.text).toContain(
        '추첨 때 정해요',
      )
      const { drawLogId } = await event.draw({ visitBonus })
      const log = await logOf(event.id)
      expect(log).toMatchObject({ visitBonus: visitBonus ? 1 : 0, totalTickets: tickets })
      expect(log?.deviation).not.toHaveProperty('visitBonus')
      await verifiedDraw(api, drawLogId)
    }
  })

  test('cannot become more than one ticket at the draw', async () => {
    const event = await endedEvent(3)
    await expectApiError(event.draw({ visitBonus: 2 }), 'VALIDATION_FAILED', {
      fields: [{ field: 'visitBonus' }],
    })
  })
})

describe('published terms', () => {
  test('another bonus or fewer winners get 409 with what was published, and nothing is written', async () => {
    const event = await endedEvent(4, { winnerCount: 2, visitBonus: 2 })
    const published = { winnerCount: 2, visitBonus: 2 }
    for (const input of [{ visitBonus: false }, { visitBonus: 3 }, { visitBonus: true, winnerCount: 1 }])
      await expectApiError(event.draw(input), 'TERMS_FIXED', { published })
    const chain = await api.anonymous.draws.chain({ eventId: event.id })
    expect(chain.records).toHaveLength(1)
    await verifiedDraw(api, (await event.draw({ visitBonus: true })).drawLogId)
  })

  test('cannot be changed by an update after the first entry either, but before it they can', async () => {
    const event = await createOpenEvent(owner, { winnerCount: 3, visitBonus: 2 })
    const update = (changes: object) => owner.events.update({ eventId: event.id, ...changes })
    await update({ visitBonus: 1, winnerCount: 2 })
    await enterParticipants(api.anonymous, event.id, 1)
    for (const changes of [{ visitBonus: 2 }, { visitBonus: null }, { winnerCount: 1 }])
      await expectApiError(update(changes), 'TERMS_FIXED', { published: { winnerCount: 2, visitBonus: 1 } })
    expect(await update({ winnerCount: 4, visitBonus: 1 })).toMatchObject({ winnerCount: 4 })
  })

  test('with fewer entries than winners, the draw takes as many as there are, and no fewer', async () => {
    const event = await endedEvent(2, { winnerCount: 3, alternateCount: 2 })
    await expectApiError(event.draw({ winnerCount: 3 }), 'NOT_ENOUGH_ENTRIES', { entries: 2, requested: 3 })
    await expectApiError(event.draw({ winnerCount: 1 }), 'TERMS_FIXED')
    const { drawLogId, winners } = await event.draw({ winnerCount: 2 })
    expect(winners).toHaveLength(2)
    expect(await logOf(event.id)).toMatchObject({
      winnerCount: 2,
      alternateCount: 0,
      deviation: { winnerCount: { published: 3, drawn: 2 }, changeReason: null },
    })
    await verifiedDraw(api, drawLogId)
  })

  test('alternates are as many as the entries leave, which is no deviation', async () => {
    const event = await endedEvent(3, { winnerCount: 2, alternateCount: 5 })
    await event.draw({})
    const log = await logOf(event.id)
    expect(log).toMatchObject({ winnerCount: 2, alternateCount: 1 })
    expect(log?.deviation).not.toHaveProperty('alternateCount')
  })

  test('name at most 10,000 winners and alternates together', async () => {
    const event = await endedEvent(2)
    for (const input of [{ winnerCount: 10_001 }, { winnerCount: 5_001, alternateCount: 5_000 }])
      await expectApiError(event.draw(input), 'VALIDATION_FAILED')
  })
})

test('a mark of a visit names who made it, also after a second mark by somebody else', async () => {
  const event = await createOpenEvent(owner)
  await enterParticipants(api.anonymous, event.id, 1)
  const [entry] = (await staff.participants.list({ eventId: event.id, limit: 1 })).items
  const target = { eventId: event.id, participantId: entry?.participantId ?? '' }
  expect(entry).toMatchObject({ visited: false, visitMarkedBy: null })
  expect(await staff.participants.markVisit(target)).toMatchObject({ visited: true, visitMarkedBy: 'staff' })
  expect(await owner.participants.markVisit(target)).toMatchObject({ visitMarkedBy: 'staff' })
})
