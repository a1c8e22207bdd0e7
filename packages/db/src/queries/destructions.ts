import { and, asc, eq, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { events } from '../schema/index.ts'

export type { DestructionReason } from '../schema/destructions.ts'

/** An event with personal data that may be due. */
export interface EventToDestroy {
  id: string
  status: 'published' | 'locked' | 'drawn' | 'cancelled'
  announcementDate: Date
  cancelledAt: Date | null
  consentVersion: number | null
}

const isDue = (now: Date): SQL | undefined =>
  and(
    isNull(events.destroyedAt),
    ne(events.status, 'draft'),
    or(eq(events.status, 'cancelled'), sql`${events.announcementDate} <= ${now.toISOString()}`),
  )

/** The events that are announced or cancelled, and still have personal data; the oldest first. */
export async function listEventsToDestroy(
  executor: Executor,
  { now }: { now: Date },
): Promise<EventToDestroy[]> {
  const { id, status, announcementDate, cancelledAt, consentVersion } = events
  const rows = await executor
    .select({ id, status, announcementDate, cancelledAt, consentVersion })
    .from(events)
    .where(isDue(now))
    .orderBy(asc(announcementDate), asc(id))
  return rows.flatMap(({ status: stored, ...row }) =>
    stored === 'draft' ? [] : [{ ...row, status: stored }],
  )
}

/** Takes the persons of withdrawn winners whose claim period is over out of the transcript. Returns how many. */
export async function dropWithdrawnPersons(
  executor: Executor,
  { now, claimDays }: { now: Date; claimDays: number },
): Promise<number> {
  const result = await executor.execute(sql`
    update draw_winners w set person = null from events e
    where e.id = w.event_id and e.destroyed_at is null and w.standing = 'withdrawn' and w.person is not null
      and greatest(e.announcement_date, w.selected_at) + ${claimDays}::int * interval '1 day' <= ${now.toISOString()}`)
  return result.count
}
