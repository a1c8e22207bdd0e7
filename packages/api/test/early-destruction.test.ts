import { readClock } from '@eungmo/db/queries/clock'
import { describe, expect, test } from 'vitest'
import { countOverdue } from '../src/destruction/count-overdue.ts'
import { destroyRequested } from '../src/destruction/destroy-due.ts'
import { DAY_MS } from '../src/seoul-time.ts'
import { announceDaysAgo } from './support/age-event.ts'
import { drawNow, verifiedDraw } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { enterParticipants } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members,
  callers: { owner },
} = await startTwoShops()

const afterDays = (from: string, days: number) => new Date(Date.parse(from) + days * DAY_MS).toISOString()
const destroy = async () => destroyRequested(api.dependencies, { now: await readClock(api.dependencies.db) })
const stored = (eventId: string) => owner.destruction.stored({ eventId })

/** A drawn event with 6 entries, 2 winners and 1 waiting alternate. */
async function drawnEvent() {
  const event = await createOpenEvent(owner, { alternateCount: 1 })
  await enterParticipants(api.anonymous, event.id, 6)
  const { drawLogId } = await drawNow(owner, { eventId: event.id, winnerCount: 2, visitBonus: false })
  return { event, drawLogId, input: { eventId: event.id, title: event.title } }
}

describe('what is stored until when', () => {
  test('before the draw: everybody, with the date for winners and for the others', async () => {
    const event = await createOpenEvent(owner)
    expect((await stored(event.id)).stored).toEqual([])
    await enterParticipants(api.anonymous, event.id, 3)
    const { announcementDate } = await owner.events.update({
      eventId: event.id,
      announcementDate: afterDays(event.announcementDate, 2),
    })
    await enterParticipants(api.anonymous, event.id, 2, 10)
    expect((await stored(event.id)).stored).toEqual([
      {
        who: 'entrant',
        count: 3,
        until: afterDays(event.announcementDate, 21),
        winnersUntil: afterDays(event.announcementDate, 90),
      },
      {
        who: 'entrant',
        count: 2,
        until: afterDays(announcementDate, 21),
        winnersUntil: afterDays(announcementDate, 90),
      },
    ])
  })

  test('after the draw: winners with alternates, and the others', async () => {
    const { event } = await drawnEvent()
    expect((await stored(event.id)).stored).toEqual([
      { who: 'not-won', count: 3, until: afterDays(event.announcementDate, 21), winnersUntil: null },
      { who: 'won', count: 3, until: afterDays(event.announcementDate, 90), winnersUntil: null },
    ])
  })

  test('after the cancellation: everybody for 7 more days', async () => {
    const event = await createOpenEvent(owner)
    await enterParticipants(api.anonymous, event.id, 2)
    await owner.events.cancel({ eventId: event.id })
    const [row] = await api.sql`select cancelled_at from events where id = ${event.id}`
    const until = afterDays(new Date(row?.cancelled_at).toISOString(), 7)
    expect((await stored(event.id)).stored).toEqual([
      { who: 'cancelled', count: 2, until, winnersUntil: null },
    ])
  })
})

describe('destroying earlier', () => {
  test('once no prize can be claimed any more, everything goes within one run, with a record', async () => {
    const { event, drawLogId, input } = await drawnEvent()
    await announceDaysAgo(api, event.id, 14)
    expect((await stored(event.id)).early).toEqual({ state: 'possible', claimUntil: null })
    expect((await owner.destruction.destroyEarly(input)).early.state).toBe('requested')
    expect(await destroy()).toBe(6)
    const after = await stored(event.id)
    expect(after).toMatchObject({ stored: [], early: { state: 'nothing-stored' } })
    expect(after.records).toMatchObject([{ reason: 'requested', count: 6, consentVersion: 1 }])
    expect(await destroy()).toBe(0)
    await verifiedDraw(api, drawLogId)
    expect((await api.anonymous.winners.public({ slug: event.slug })).winners).toEqual([])
    await expectApiError(owner.destruction.destroyEarly(input), 'DATA_DESTROYED')
  })

  test('while a winner can claim a prize it gets 409 CLAIM_OPEN with the date', async () => {
    const { event, drawLogId, input } = await drawnEvent()
    const claimUntil = afterDays(event.announcementDate, 14)
    expect((await stored(event.id)).early).toEqual({ state: 'claim-open', claimUntil })
    await expectApiError(owner.destruction.destroyEarly(input), 'CLAIM_OPEN', { claimUntil })
    await announceDaysAgo(api, event.id, 13)
    await expectApiError(owner.destruction.destroyEarly(input), 'CLAIM_OPEN')
    // A promoted alternate has a claim period of their own.
    await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined' })
    await api.sql`update events set announcement_date = announcement_date - interval '5 days',
      ends_at = ends_at - interval '5 days', starts_at = starts_at - interval '5 days' where id = ${event.id}`
    await expectApiError(owner.destruction.destroyEarly(input), 'CLAIM_OPEN')
  })

  test('an event that may still be drawn is cancelled first', async () => {
    const event = await createOpenEvent(owner)
    await enterParticipants(api.anonymous, event.id, 2)
    const input = { eventId: event.id, title: event.title }
    expect((await stored(event.id)).early.state).toBe('event-running')
    await expectApiError(owner.destruction.destroyEarly(input), 'CONFLICT', { reason: 'event-running' })
    await owner.events.cancel({ eventId: event.id })
    await owner.destruction.destroyEarly(input)
    expect(await destroy()).toBe(2)
    expect((await stored(event.id)).records).toMatchObject([{ reason: 'requested', count: 2 }])
  })

  test('between lock and result it gets 409 DRAW_IN_PROGRESS', async () => {
    const { event, drawLogId, input } = await drawnEvent()
    await announceDaysAgo(api, event.id, 30)
    await api.sql`update draw_logs set drawn_at = null, next_try_at = now() + interval '1 day' where id = ${drawLogId}`
    await expectApiError(owner.destruction.destroyEarly(input), 'DRAW_IN_PROGRESS', { drawLogId })
    expect((await stored(event.id)).early.state).toBe('draw-in-progress')
  })

  test('another title destroys nothing', async () => {
    const { event, input } = await drawnEvent()
    await announceDaysAgo(api, event.id, 14)
    await expectApiError(
      owner.destruction.destroyEarly({ ...input, title: `${event.title}!` }),
      'VALIDATION_FAILED',
    )
    expect(await destroy()).toBe(0)
  })

  test('from the request on nothing is drawn, and a second request is no second line of the log', async () => {
    const { event, drawLogId, input } = await drawnEvent()
    await announceDaysAgo(api, event.id, 20)
    await owner.destruction.destroyEarly(input)
    await owner.destruction.destroyEarly(input)
    await expectApiError(owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined' }), 'DATA_DESTROYED')
    const lines = await api.sql`select people, actor_id from access_log
      where action = 'destroy-participants' and event_id = ${event.id}`
    const actorId = members.owner.userId
    expect(lines.map(({ people, actor_id }) => ({ people, actor_id }))).toEqual([
      { people: 6, actor_id: actorId },
    ])
    await destroy()
  })

  test('a request that no job has carried out for more than two hours counts as overdue', async () => {
    const { event, input } = await drawnEvent()
    await announceDaysAgo(api, event.id, 15)
    await owner.destruction.destroyEarly(input)
    const overdue = async () => countOverdue(api.dependencies, await readClock(api.dependencies.db))
    const before = await overdue()
    await api.sql`update events set destruction_requested_at = now() - interval '121 minutes' where id = ${event.id}`
    expect(await overdue()).toBe(before + 6)
  })
})
