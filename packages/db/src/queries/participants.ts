import { and, asc, between, desc, eq, gt, ilike, like, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { participants } from '../schema/index.ts'

const columns = {
  id: participants.id,
  eventId: participants.eventId,
  name: participants.name,
  phoneNumber: participants.phoneNumber,
  entryPath: participants.entryPath,
  applicationNumber: participants.applicationNumber,
  participatedAt: participants.participatedAt,
  visited: participants.visited,
  visitedAt: participants.visitedAt,
  isWinner: participants.isWinner,
}

export type ParticipantRow = Pick<typeof participants.$inferSelect, keyof typeof columns>

/** What a search looks for; a row that meets one of them is found. */
export interface ParticipantSearch {
  namePart?: string
  phoneIndex?: Uint8Array
  /** The first bytes of the phone index. */
  phoneIndexStart?: Uint8Array
  /** As shown, hyphens included. */
  applicationNumber?: string
  applicationNumberStart?: string
}

const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&')

/** Above every phone index that starts so. */
const upTo = (start: Uint8Array) => Buffer.concat([start, Buffer.alloc(32, 0xff)])

function meets(search: ParticipantSearch): SQL | undefined {
  const { namePart, phoneIndex, phoneIndexStart, applicationNumber, applicationNumberStart } = search
  return or(
    namePart === undefined ? undefined : ilike(participants.name, `%${literal(namePart)}%`),
    phoneIndex && eq(participants.phoneIndex, phoneIndex),
    phoneIndexStart && between(participants.phoneIndex, phoneIndexStart, upTo(phoneIndexStart)),
    applicationNumber === undefined ? undefined : eq(participants.applicationNumber, applicationNumber),
    applicationNumberStart === undefined
      ? undefined
      : like(participants.applicationNumber, `${literal(applicationNumberStart)}%`),
  )
}

/** A page of an event's participants, newest first; `before` is the last id of the page before. */
export function findParticipants(
  executor: Executor,
  {
    eventId,
    before,
    limit,
    search = {},
  }: { eventId: string; before?: string | undefined; limit: number; search?: ParticipantSearch },
): Promise<ParticipantRow[]> {
  return executor
    .select(columns)
    .from(participants)
    .where(
      and(
        eq(participants.eventId, eventId),
        before === undefined ? undefined : lt(participants.id, before),
        meets(search),
      ),
    )
    .orderBy(desc(participants.id))
    .limit(limit)
}

/** A page of an event's participants in the order they came; `after` is the last id of the page before. */
export function pageParticipants(
  executor: Executor,
  { eventId, after, limit }: { eventId: string; after?: string | undefined; limit: number },
): Promise<ParticipantRow[]> {
  return executor
    .select(columns)
    .from(participants)
    .where(
      and(eq(participants.eventId, eventId), after === undefined ? undefined : gt(participants.id, after)),
    )
    .orderBy(asc(participants.id))
    .limit(limit)
}

/**
 * Marks a visit while the event is not locked, behind the same gate as an entry; a first visit's time stays. Answers the event's status
 * as it was behind the gate, null for an unknown event, and whether the participant is there.
 */
export async function markParticipantVisited(
  executor: Executor,
  { eventId, participantId }: { eventId: string; participantId: string },
): Promise<{ status: string | null; found: boolean }> {
  const [row] = await executor.execute<{ status: string | null; found: boolean }>(sql`
    with terms as materialized (select status, at from entry_terms(${eventId})),
    marked as (
      update participants p
      set visited = true, visited_at = coalesce(p.visited_at, terms.at)
      from terms
      where p.event_id = ${eventId} and p.id = ${participantId} and terms.status = 'published'
      returning p.id
    )
    select (select status from terms) as status,
      exists (select 1 from participants where event_id = ${eventId} and id = ${participantId}) as found,
      (select count(*) from marked) as marked`)
  return row ?? { status: null, found: false }
}

/** One participant of an event. */
export async function findParticipant(
  executor: Executor,
  { eventId, participantId }: { eventId: string; participantId: string },
): Promise<ParticipantRow | undefined> {
  const [row] = await executor
    .select(columns)
    .from(participants)
    .where(and(eq(participants.eventId, eventId), eq(participants.id, participantId)))
  return row
}
