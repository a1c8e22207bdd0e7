import { and, desc, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import { byteaArrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'
import type { EventStatus } from '../schema/events.ts'
import { participants, users } from '../schema/index.ts'
import { participantStates } from './participant-filter.ts'

/**
 * Takes the event's gate, shared and until the transaction ends, as an entry does: no lock of the list runs
 * meanwhile. Returns the event's status as read behind it, null for an unknown event.
 */
export async function passEventGate(
  tx: Executor,
  { eventId }: { eventId: string },
): Promise<EventStatus | null> {
  const [row] = await tx.execute<{ status: EventStatus | null }>(
    sql`select status from entry_terms(${eventId}, false)`,
  )
  return row?.status ?? null
}

interface ParticipantOfEvent {
  eventId: string
  participantId: string
}

/** A participant whose personal data is stored: one that was destroyed stays as it is. */
const isStored = ({ eventId, participantId }: ParticipantOfEvent): SQL | undefined =>
  and(
    eq(participants.eventId, eventId),
    eq(participants.id, participantId),
    isNotNull(participants.applicationNumber),
  )

const notExcluded = {
  exclusionReason: 0,
  excludedAt: null,
  excludedBy: null,
  exclusionPasteId: null,
  exclusionNote: null,
} as const

/** An owner's exclusion of one entry. */
export interface NewExclusion {
  /** A reason code of eungmo-draw. */
  reason: number
  /** The user; null for an API key. */
  excludedBy: string | null
  /** Envelope of a private note; null without one. */
  note: Uint8Array | null
}

/**
 * Excludes a participant's entry from the draw, in place of an exclusion before. The caller has passed the event's
 * gate. Returns false where the event has no such participant, or the personal data was destroyed.
 */
export async function excludeParticipant(
  tx: Executor,
  { reason, excludedBy, note, ...of }: ParticipantOfEvent & NewExclusion,
): Promise<boolean> {
  const { count } = await tx
    .update(participants)
    .set({
      exclusionReason: reason,
      excludedAt: sql`now()`,
      excludedBy,
      exclusionPasteId: null,
      exclusionNote: note,
    })
    .where(isStored(of))
  return count > 0
}

/** Takes a participant's exclusion back. The caller has passed the event's gate. Returns as `excludeParticipant` does. */
export async function includeParticipant(tx: Executor, of: ParticipantOfEvent): Promise<boolean> {
  const { count } = await tx.update(participants).set(notExcluded).where(isStored(of))
  return count > 0
}

/** Entries of an event, found by the indexes of their phone numbers. */
export interface EntriesByPhone {
  eventId: string
  phoneIndexes: readonly Uint8Array[]
}

const hasPhone = ({ phoneIndexes }: EntriesByPhone): SQL =>
  sql`p.phone_index = any(${byteaArrayLiteral(phoneIndexes)}::bytea[])`

/** How many of the entries take part in the draw, and how many are excluded already. */
export async function countByPhone(
  executor: Executor,
  entries: EntriesByPhone,
): Promise<{ eligible: number; excluded: number }> {
  const [row] = await executor.execute<{ eligible: number; excluded: number }>(sql`
    select count(*) filter (where exclusion_reason = 0)::int as eligible,
      count(*) filter (where exclusion_reason <> 0)::int as excluded
    from participants p where p.event_id = ${entries.eventId} and ${hasPhone(entries)}`)
  return row ?? { eligible: 0, excluded: 0 }
}

/**
 * Excludes the entries that take part in the draw, for one reason, as one pasted list; one that is excluded already
 * stays as it is. The caller has passed the event's gate. Returns how many it excluded.
 */
export async function excludePasted(
  tx: Executor,
  entries: EntriesByPhone & Omit<NewExclusion, 'note'> & { pasteId: string },
): Promise<number> {
  const { eventId, reason, excludedBy, pasteId } = entries
  // In the order of their ids, as a destruction takes its rows.
  const { count } = await tx.execute(sql`
    with chosen as materialized (
      select p.id from participants p
      where p.event_id = ${eventId} and ${hasPhone(entries)} and p.exclusion_reason = 0
      order by p.id for update
    )
    update participants p set exclusion_reason = ${reason}, excluded_at = now(),
      excluded_by = ${excludedBy}::uuid, exclusion_paste_id = ${pasteId}
    from chosen where p.event_id = ${eventId} and p.id = chosen.id`)
  return count
}

/** A pasted list of numbers, as far as its exclusions are in force. */
export interface Paste {
  pasteId: string
  at: Date
  /** The name of the user who pasted it; null once the account was deleted. */
  by: string | null
  entries: number
}

/** The entries that pasted lists excluded, found by the index of excluded ones. */
const isPasted = (eventId: string) =>
  and(eq(participants.eventId, eventId), participantStates.excluded, isNotNull(participants.exclusionPasteId))

/** The pasted lists whose exclusions are in force, the newest first. */
export async function listPastes(executor: Executor, { eventId }: { eventId: string }): Promise<Paste[]> {
  const pasteId = sql<string>`${participants.exclusionPasteId}`
  const at = sql`max(${participants.excludedAt})`.mapWith(participants.excludedAt)
  const by = sql<
    string | null
  >`(select ${users.name} from ${users} where ${users.id} = (array_agg(${participants.excludedBy}))[1])`
  return executor
    .select({ pasteId, at, by, entries: sql<number>`count(*)::int` })
    .from(participants)
    .where(isPasted(eventId))
    .groupBy(participants.exclusionPasteId)
    .orderBy(desc(at), pasteId)
}

/**
 * Takes back what a pasted list excluded, as far as it is in force. The caller has passed the event's gate. Returns
 * of how many entries.
 */
export async function includePasted(
  tx: Executor,
  { eventId, pasteId }: { eventId: string; pasteId: string },
): Promise<number> {
  const ofPaste = tx
    .select({ id: participants.id })
    .from(participants)
    .where(and(isPasted(eventId), eq(participants.exclusionPasteId, pasteId)))
    .orderBy(participants.id)
    .for('update')
  const { count } = await tx
    .update(participants)
    .set(notExcluded)
    .where(and(eq(participants.eventId, eventId), sql`${participants.id} in ${ofPaste}`))
  return count
}
