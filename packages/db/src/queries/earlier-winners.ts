import { and, eq, gt, gte, isNotNull, lte, sql } from 'drizzle-orm'
import { arrayLiteral, byteaArrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'
import { drawWinners, events, participants } from '../schema/index.ts'
import type { EntriesByPhone } from './exclusions.ts'

/** The code of eungmo-draw for the entry of an earlier winner. */
const EARLIER_WINNER = 2

const WINNERS_PER_PART = 1_000

/** An event whose texts said that its winners sit out of later ones. */
export interface SitOutEvent {
  id: string
  announcementDate: Date
  sitOutMonths: number
}

/** A shop's events that were announced in a period and whose winners sit out, the earliest first. */
export function listSitOutEvents(
  executor: Executor,
  { shopId, from, until }: { shopId: string; from: Date; until: Date },
): Promise<SitOutEvent[]> {
  return executor
    .select({
      id: events.id,
      announcementDate: events.announcementDate,
      sitOutMonths: events.sitOutMonths,
    })
    .from(events)
    .where(
      and(
        eq(events.shopId, shopId),
        sql`${events.status} in ('locked', 'drawn')`,
        gt(events.sitOutMonths, 0),
        gte(events.announcementDate, from),
        lte(events.announcementDate, until),
      ),
    )
    .orderBy(events.announcementDate, events.id)
}

const withStoredNumber = and(
  eq(participants.eventId, drawWinners.eventId),
  eq(participants.id, drawWinners.participantId),
  isNotNull(participants.phoneNumber),
)

const holdsSlotIn = (eventIds: readonly string[]) =>
  and(
    sql`${drawWinners.eventId} = any(${arrayLiteral(eventIds)}::uuid[])`,
    eq(drawWinners.standing, 'selected'),
  )

/** How many current winners with a stored phone number events have; an event without one is left out. */
export function countStoredWinners(
  executor: Executor,
  { eventIds }: { eventIds: readonly string[] },
): Promise<{ eventId: string; winners: number }[]> {
  return executor
    .select({ eventId: drawWinners.eventId, winners: sql<number>`count(*)::int` })
    .from(drawWinners)
    .innerJoin(participants, withStoredNumber)
    .where(holdsSlotIn(eventIds))
    .groupBy(drawWinners.eventId)
}

/** A current winner with the envelope of the phone number. */
export interface StoredWinner {
  eventId: string
  participantId: string
  phoneNumber: Uint8Array
}

/**
 * Yields the current winners of events whose phone numbers are stored, in parts, as they are in one moment: a
 * redraw or a destruction meanwhile changes nothing. To be read to the end, in a transaction.
 */
export async function* readStoredWinners(
  tx: Executor,
  { eventIds }: { eventIds: readonly string[] },
  winnersPerPart = WINNERS_PER_PART,
): AsyncGenerator<StoredWinner[]> {
  await tx.execute(sql`declare stored_winners no scroll cursor for
    select w.event_id as "eventId", w.participant_id as "participantId", p.phone_number as "phoneNumber"
    from draw_winners w
    join participants p on p.event_id = w.event_id and p.id = w.participant_id
    where w.event_id = any(${arrayLiteral(eventIds)}::uuid[]) and w.standing = 'selected'
      and p.phone_number is not null`)
  const fetchPart = sql.raw(`fetch forward ${winnersPerPart} from stored_winners`)
  for (;;) {
    const part: StoredWinner[] = await tx.execute<StoredWinner & Record<string, unknown>>(fetchPart)
    if (part.length === 0) break
    yield part
  }
  await tx.execute(sql`close stored_winners`)
}

const isEligibleAmong = ({ eventId, phoneIndexes }: EntriesByPhone) =>
  and(
    eq(participants.eventId, eventId),
    sql`${participants.phoneIndex} = any(${byteaArrayLiteral(phoneIndexes)}::bytea[])`,
    eq(participants.exclusionReason, 0),
  )

/** The entries with one of the phone numbers that take part in the draw. */
export function findEligibleByPhone(
  executor: Executor,
  entries: EntriesByPhone,
): Promise<{ id: string; visited: boolean }[]> {
  return executor
    .select({ id: participants.id, visited: participants.visited })
    .from(participants)
    .where(isEligibleAmong(entries))
}

/**
 * Excludes the entries with one of the phone numbers from the draw, as entries of earlier winners; one that is
 * excluded already keeps its reason. The caller holds the event's gate.
 */
export async function excludeByPhone(tx: Executor, entries: EntriesByPhone): Promise<void> {
  await tx.update(participants).set({ exclusionReason: EARLIER_WINNER }).where(isEligibleAmong(entries))
}
