import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { participants } from '../schema/index.ts'

interface ParticipantOfEvent {
  eventId: string
  participantId: string
}

interface VisitOutcome {
  /** The event's status as read behind the gate; null for an unknown event. */
  status: string | null
  /** Whether the event has the participant, with personal data: a destroyed row stays as it is. */
  found: boolean
}

const isStored = (eventId: string, participantId: string): SQL =>
  sql`p.event_id = ${eventId} and p.id = ${participantId} and p.application_number is not null`

/**
 * Marks a visit while the event is published, behind the same gate as an entry; the time of a first visit
 * stays, and who marked it.
 */
export async function markParticipantVisited(
  executor: Executor,
  { eventId, participantId, markedBy }: ParticipantOfEvent & { markedBy: string },
): Promise<VisitOutcome> {
  const [row] = await executor.execute<{ status: string | null; found: boolean }>(sql`
    with terms as materialized (select status, at from entry_terms(${eventId}, false)),
    marked as (
      update participants p
      set visited = true, visited_at = coalesce(p.visited_at, terms.at),
        visit_marked_by = case when p.visited then p.visit_marked_by else ${markedBy}::uuid end,
        visit_signed = p.visited and p.visit_signed
      from terms
      where ${isStored(eventId, participantId)} and terms.status = 'published'
      returning p.id
    )
    select (select status from terms) as status,
      exists (select from participants p where ${isStored(eventId, participantId)}) as found,
      (select count(*) from marked) as marked`)
  return row ?? { status: null, found: false }
}

/**
 * Takes a marked visit back while the event is published, unless a receipt of it was signed, or it was proved
 * by the QR code: such an entry has a receipt of its visit from the beginning. `isConfirmed` says so.
 */
export async function unmarkParticipantVisited(
  executor: Executor,
  { eventId, participantId }: ParticipantOfEvent,
): Promise<VisitOutcome & { isConfirmed: boolean }> {
  const [row] = await executor.execute<{ status: string | null; found: boolean; isConfirmed: boolean }>(sql`
    with terms as materialized (select status from entry_terms(${eventId}, false)),
    taken as (
      update participants p set visited = false, visited_at = null, visit_marked_by = null
      from terms
      where ${isStored(eventId, participantId)} and terms.status = 'published' and p.visited
        and p.visit_marked_by is not null and not p.visit_signed
      returning p.id
    )
    select (select status from terms) as status, count(p.id) > 0 as found,
      coalesce(bool_or(p.visited), false) and not exists (select 1 from taken) as "isConfirmed"
    from participants p where ${isStored(eventId, participantId)}`)
  return row ?? { status: null, found: false, isConfirmed: false }
}

/**
 * Notes that a receipt of a marked visit is signed, so that the mark is final. Returns whether the participant
 * is still marked with this visit: the receipt must not be signed otherwise.
 */
export async function confirmVisit(
  executor: Executor,
  { eventId, participantId, visitedAt }: ParticipantOfEvent & { visitedAt: Date },
): Promise<boolean> {
  const { count } = await executor
    .update(participants)
    .set({ visitSigned: true })
    .where(
      and(
        eq(participants.eventId, eventId),
        eq(participants.id, participantId),
        eq(participants.visited, true),
        eq(participants.visitedAt, visitedAt),
      ),
    )
  return count > 0
}
