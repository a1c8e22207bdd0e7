import { beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../src/context.ts'
import { destroyRequested } from '../src/destruction/destroy-due.ts'
import { winnerState } from '../src/winners/winner-state.ts'
import { announceDaysAgo } from './support/age-event.ts'
import { drawNow } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members,
  callers: { owner, staff, stranger },
} = await startTwoShops()

const NOTE = '010-2345-6789로 다시 걸기로 함'

/** A drawn event that was announced yesterday; its winners and alternates. */
async function announcedEvent(winnerCount = 2, alternateCount = 1) {
  const event = await createOpenEvent(owner, { winnerCount, alternateCount, claimDays: 10 })
  await enterParticipants(api.anonymous, event.id, winnerCount + alternateCount + 3, 40)
  const { drawLogId } = await drawNow(owner, { eventId: event.id, winnerCount, visitBonus: false })
  await announceDaysAgo(api, event.id, 1)
  const holderOf = async (rank: number) => {
    const { history } = await owner.draws.get({ drawLogId })
    const holder = history.find((winner) => winner.rank === rank && winner.standing === 'selected')
    if (!holder) throw new Error(`place ${rank} is empty`)
    return holder
  }
  const redraw = (ranks: number[], reason: string) => owner.draws.redraw({ drawLogId, ranks, reason })
  return { id: event.id, title: event.title, drawLogId, holderOf, redraw }
}

type Drawn = Awaited<ReturnType<typeof announcedEvent>>

const contactOf = ({ drawLogId }: Drawn, drawRank: number, change: object = {}) => ({
  contactId: Bun.randomUUIDv7(),
  drawLogId,
  drawRank,
  means: 'phone' as const,
  ...change,
})

/** Logs attempts, and moves each to as many days ago. */
async function contactDaysAgo(event: Drawn, drawRank: number, ...days: number[]): Promise<void> {
  for (const ago of days) {
    const { contactId } = await staff.winners.logContact(contactOf(event, drawRank))
    await api.sql`update contact_attempts set at = at - ${`${ago} days`}::interval where id = ${contactId}`
  }
}

describe('attempts to reach a winner', () => {
  let event: Drawn
  beforeAll(async () => {
    event = await announcedEvent()
  })

  test('are listed with when, who, how and the note, for owner and staff', async () => {
    const logged = await staff.winners.logContact(contactOf(event, 1, { note: NOTE }))
    await owner.winners.logContact(contactOf(event, 1, { means: 'sms' }))
    expect(logged).toMatchObject({ means: 'phone', note: NOTE, by: expect.any(String) })
    expect(Math.abs(Date.parse(logged.at) - Date.now())).toBeLessThan(60_000)
    for (const caller of [owner, staff]) {
      const { history } = await caller.draws.get({ drawLogId: event.drawLogId })
      expect(history.find(({ rank }) => rank === 1)?.contacts).toEqual([
        logged,
        expect.objectContaining({ means: 'sms', note: null }),
      ])
      expect(history.find(({ rank }) => rank === 2)?.contacts).toEqual([])
    }
  })

  test('a second press, also at the same moment, logs one', async () => {
    const contact = contactOf(event, 2)
    const [one, other] = await Promise.all([
      owner.winners.logContact(contact),
      owner.winners.logContact(contact),
    ])
    expect(other).toEqual(one)
    expect(await owner.winners.logContact({ ...contact, note: 'later' })).toEqual(one)
    expect((await event.holderOf(2)).contacts).toHaveLength(1)
    await expectApiError(owner.winners.logContact({ ...contact, drawRank: 1 }), 'VALIDATION_FAILED', {
      fields: [{ field: 'contactId' }],
    })
  })

  test('are logged for winners of the own shop only, not for an alternate who waits', async () => {
    await expectApiError(stranger.winners.logContact(contactOf(event, 1)), 'NOT_FOUND')
    await expectApiError(owner.winners.logContact(contactOf(event, 3)), 'NOT_FOUND')
    await expectApiError(owner.winners.logContact(contactOf(event, 99)), 'NOT_FOUND')
    const unknown = contactOf({ ...event, drawLogId: Bun.randomUUIDv7() }, 1)
    await expectApiError(owner.winners.logContact(unknown), 'NOT_FOUND')
    await expectApiError(api.anonymous.winners.logContact(contactOf(event, 1)), 'UNAUTHENTICATED')
  })

  test('a notice that was sent counts as contact, one that waits does not', async () => {
    const drawn = await announcedEvent()
    for (const [drawRank, state] of ['sent', 'waiting'].entries())
      await api.sql`insert into notices (id, event_id, draw_log_id, draw_rank, participant_id, kind, locale, state)
        select ${Bun.randomUUIDv7()}, event_id, draw_log_id, draw_rank, participant_id, 'won', 'ko', ${state}
        from draw_winners where event_id = ${drawn.id} and draw_rank = ${drawRank + 1}`
    const [first, second] = [await drawn.holderOf(1), await drawn.holderOf(2)]
    expect(Math.abs(Date.parse(first.notifiedAt ?? '') - Date.now())).toBeLessThan(60_000)
    expect(second.notifiedAt).toBeNull()
    expect(winnerState(first, new Date())).toBe('contacted')
    expect(winnerState(second, new Date())).toBe('uncontacted')
  })

  test('an API key reads them without the name of who logged them', async () => {
    const key: Actor = {
      ...members.owner,
      via: 'api-key',
      apiKeyId: Bun.randomUUIDv7(),
      scopes: ['participants:read'],
    }
    const { history } = await api.as(key).draws.get({ drawLogId: event.drawLogId })
    expect(history[0]?.contacts[0]).toMatchObject({ means: 'phone', by: null })
  })

  test('end with the winner: not for somebody withdrawn, and nothing is left after the destruction', async () => {
    await event.redraw([1], 'declined')
    await expectApiError(owner.winners.logContact(contactOf(event, 1)), 'CONFLICT', {
      reason: 'winner-withdrawn',
    })
    await owner.winners.logContact(contactOf(event, 3, { note: NOTE }))
    await announceDaysAgo(api, event.id, 60)
    await owner.destruction.destroyEarly({ eventId: event.id, title: event.title })
    await destroyRequested(api.dependencies, { now: new Date(Date.now() + 60_000) })
    await expectApiError(owner.winners.logContact(contactOf(event, 2)), 'DATA_DESTROYED')
    expect(await api.sql`select 1 from contact_attempts where event_id = ${event.id}`).toHaveLength(0)
  })
})

describe('withdrawing a winner', () => {
  test('for a missed deadline gets CLAIM_OPEN with the date until then, also before the announcement', async () => {
    const event = await announcedEvent()
    const { claimUntil } = await event.holderOf(1)
    await expectApiError(event.redraw([1], 'deadline'), 'CLAIM_OPEN', { claimUntil })
    await announceDaysAgo(api, event.id, -1)
    const later = (await event.holderOf(1)).claimUntil
    await expectApiError(event.redraw([1, 2], 'deadline'), 'CLAIM_OPEN', { claimUntil: later })
    await announceDaysAgo(api, event.id, 10)
    await event.redraw([1], 'deadline')
    const { claimUntil: ofNext, selectedAt } = await event.holderOf(1)
    expect(Date.parse(ofNext) - Date.parse(selectedAt)).toBe(10 * 24 * 3_600_000)
    await expectApiError(event.redraw([1], 'deadline'), 'CLAIM_OPEN', { claimUntil: ofNext })
  })

  test('as unreachable gets CLAIM_OPEN until three attempts on two days are logged, with those that count', async () => {
    const event = await announcedEvent()
    const rejected = (attempts: number, days: number) =>
      expectApiError(event.redraw([2], 'unreachable'), 'CLAIM_OPEN', { contacts: { attempts, days } })
    await api.sql`update draw_winners set selected_at = now() - interval '3 days' where event_id = ${event.id}`
    await rejected(0, 0)
    await contactDaysAgo(event, 2, 0, 0, 0)
    await rejected(3, 1)
    // An attempt before the winner was selected is about somebody else's place.
    await contactDaysAgo(event, 2, 4)
    await rejected(3, 1)
    await contactDaysAgo(event, 2, 1)
    const { claimUntil } = await event.holderOf(1)
    await expectApiError(event.redraw([1, 2], 'unreachable'), 'CLAIM_OPEN', { claimUntil })
    await event.redraw([2], 'unreachable')
    const { records } = await api.anonymous.draws.transcript({ drawLogId: event.drawLogId })
    expect(records.at(-1)).toMatchObject({ type: 'withdraw', slot: 2, reason: 'unreachable', filledBy: 3 })
  })

  test('as declined or ineligible, and by free text, is possible at once; free text is no claim about the winner', async () => {
    const event = await announcedEvent(3, 0)
    let { drawLogId } = event
    for (const [at, reason] of ['declined', 'ineligible', '연락 안 됨'].entries())
      ({ drawLogId } = await owner.draws.redraw({ drawLogId, ranks: [at + 1], reason }))
    const { records } = await api.anonymous.draws.chain({ eventId: event.id })
    const reasons = records.flatMap(({ reason }) => reason ?? [])
    expect(reasons).toEqual(['declined', 'ineligible', 'ineligible'])
  })

  test('who confirmed in time has no missed deadline, and who has the prize stays the winner', async () => {
    const event = await announcedEvent()
    await api.sql`update draw_winners set claimed_at = now() where event_id = ${event.id} and draw_rank = 1`
    await api.sql`update draw_winners set handed_over_at = now() where event_id = ${event.id} and draw_rank = 2`
    await announceDaysAgo(api, event.id, 12)
    await expectApiError(event.redraw([1], 'deadline'), 'CONFLICT', { reason: 'winner-confirmed' })
    await expectApiError(event.redraw([1], 'unreachable'), 'CLAIM_OPEN', {
      contacts: { attempts: 0, days: 0 },
    })
    for (const reason of ['deadline', 'unreachable', 'declined', '연락 안 됨'])
      await expectApiError(event.redraw([2], reason), 'CONFLICT', { reason: 'prize-handed-over' })
  })
})
