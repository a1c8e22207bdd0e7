import { and, asc, eq, isNotNull, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { destructionRecords, events } from '../schema/index.ts'

export type { DestructionReason } from '../schema/destructions.ts'

/** An event with personal data that may be due. */
export interface EventToDestroy {
  id: string
  status: 'published' | 'locked' | 'drawn' | 'cancelled'
  announcementDate: Date
  claimDays: number
  cancelledAt: Date | null
  consentVersion: number | null
  destructionRequestedAt: Date | null
}

const isDue = (now: Date): SQL | undefined =>
  and(
    isNull(events.destroyedAt),
    ne(events.status, 'draft'),
    or(eq(events.status, 'cancelled'), lte(events.announcementDate, now), isRequested(now)),
  )

const isRequested = (now: Date): SQL | undefined =>
  and(isNotNull(events.destructionRequestedAt), lte(events.destructionRequestedAt, now))

/**
 * The events that still have personal data, and are announced or cancelled, or whose destruction the owner
 * requested; the oldest first.
 * @param only `requested` leaves out those whose destruction was not requested
 */
export async function listEventsToDestroy(
  executor: Executor,
  { now, only }: { now: Date; only?: 'requested' | undefined },
): Promise<EventToDestroy[]> {
  const { id, status, announcementDate, claimDays, cancelledAt, consentVersion, destructionRequestedAt } =
    events
  const rows = await executor
    .select({ id, status, announcementDate, claimDays, cancelledAt, consentVersion, destructionRequestedAt })
    .from(events)
    .where(only === 'requested' ? and(isNull(events.destroyedAt), isRequested(now)) : isDue(now))
    .orderBy(asc(announcementDate), asc(id))
  return rows.flatMap(({ status: stored, ...row }) =>
    stored === 'draft' ? [] : [{ ...row, status: stored }],
  )
}

/** Takes the persons of withdrawn winners whose claim period is over out of the transcript. Returns how many. */
export async function dropWithdrawnPersons(executor: Executor, { now }: { now: Date }): Promise<number> {
  const result = await executor.execute(sql`
    update draw_winners w set person = null from events e
    where e.id = w.event_id and e.destroyed_at is null and w.standing = 'withdrawn' and w.person is not null
      and greatest(e.announcement_date, w.selected_at) + e.claim_days * interval '1 day' <= ${now.toISOString()}`)
  return result.count
}

/** What was destroyed of an event, per reason and version of the consent text. */
export type DestructionRecord = typeof destructionRecords.$inferSelect

/** The destruction records of an event, oldest first. */
export const listDestructionRecords = (
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<DestructionRecord[]> =>
  executor
    .select()
    .from(destructionRecords)
    .where(eq(destructionRecords.eventId, eventId))
    .orderBy(asc(destructionRecords.startedAt), asc(destructionRecords.consentVersion))
