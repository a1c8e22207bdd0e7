import { announceDaysAgo } from './age-event.ts'
import type { ApiFixture, Caller } from './api-fixture.ts'
import { drawNow } from './draws.ts'
import { enterParticipants } from './sample-entries.ts'
import { createOpenEvent, inHours } from './sample-events.ts'

interface Story {
  api: ApiFixture
  owner: Caller
}

interface EarlierEvent {
  sitOutMonths?: number
  winnerCount?: number
  alternateCount?: number
  /** Phone numbers of entrants, as of `entryInput`: from 0. */
  entrants?: number
  from?: number
  announcedDaysAgo?: number
}

/** An event that was drawn and announced; resolves to its draw and its winners' phone numbers by slot. */
export async function createEarlierEvent(
  { api, owner }: Story,
  {
    sitOutMonths = 3,
    winnerCount = 2,
    alternateCount = 0,
    entrants = winnerCount,
    from = 0,
    announcedDaysAgo = 1,
  }: EarlierEvent = {},
) {
  const event = await createOpenEvent(owner, { sitOutMonths, winnerCount, alternateCount, visitBonus: 0 })
  await enterParticipants(api.anonymous, event.id, entrants, from)
  const { drawLogId, winners } = await drawNow(owner, {
    eventId: event.id,
    winnerCount,
    visitBonus: false,
  })
  await announceDaysAgo(api, event.id, announcedDaysAgo)
  return { ...event, drawLogId, winners: winners.map(({ phoneNumber }) => phoneNumber ?? '') }
}

/** An open event with entrants; `draw` resolves to the exclusion reason of each phone number. */
export async function createLaterEvent(
  { api, owner }: Story,
  { sitOutMonths = 3, entrants = 6, from = 0, winnerCount = 1, drawsAutomatically = false } = {},
) {
  const event = await createOpenEvent(owner, {
    sitOutMonths,
    winnerCount,
    drawsAutomatically,
    visitBonus: 0,
    endsAt: inHours(24),
    announcementDate: inHours(48),
  })
  const entered = await enterParticipants(api.anonymous, event.id, entrants, from)
  const phoneOf = new Map(entered.map(({ receipt, phoneNumber }) => [receipt?.receipt.id, phoneNumber]))
  return {
    ...event,
    entered,
    async reasons(drawLogId: string) {
      const entries = await api.anonymous.draws.entries({ drawLogId })
      return new Map(entries.map(({ id, reason }) => [phoneOf.get(id) ?? id, reason]))
    },
    async draw() {
      const drawn = await drawNow(owner, { eventId: event.id, winnerCount, visitBonus: false })
      return { ...drawn, reasons: await this.reasons(drawn.drawLogId) }
    },
  }
}

/** The phone numbers with a reason, sorted. */
export const withReason = (reasons: ReadonlyMap<string, number>, reason: number): string[] =>
  [...reasons].flatMap(([phone, code]) => (code === reason ? [phone] : [])).toSorted()
