import { and, asc, desc, eq, gt, lt, type SQL, sql } from 'drizzle-orm'
import { arrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'
import { participants, users } from '../schema/index.ts'
import { filterConditions, type ParticipantFilter } from './participant-filter.ts'

const participantColumns = {
  id: participants.id,
  eventId: participants.eventId,
  name: participants.name,
  phoneNumber: participants.phoneNumber,
  entryPath: participants.entryPath,
  applicationNumber: participants.applicationNumber,
  participatedAt: participants.participatedAt,
  visited: participants.visited,
  visitedAt: participants.visitedAt,
  visitSigned: participants.visitSigned,
  isWinner: participants.isWinner,
  marketingConsentedAt: participants.marketingConsentedAt,
  withdrawnAt: participants.withdrawnAt,
  exclusionReason: participants.exclusionReason,
  excludedAt: participants.excludedAt,
  exclusionPasteId: participants.exclusionPasteId,
  exclusionNote: participants.exclusionNote,
  /** The name of the user who marked the visit. */
  visitMarkedBy: sql<
    string | null
  >`(select ${users.name} from ${users} where ${users.id} = ${participants.visitMarkedBy})`,
  /** The name of the user who excluded the entry. */
  excludedBy: sql<
    string | null
  >`(select ${users.name} from ${users} where ${users.id} = ${participants.excludedBy})`,
}

type NameOfUser = 'visitMarkedBy' | 'excludedBy'
type ParticipantColumn = Exclude<keyof typeof participantColumns, NameOfUser>
export type ParticipantRow = Pick<typeof participants.$inferSelect, ParticipantColumn> &
  Record<NameOfUser, string | null>

/** Values that an index finds; at most one of them. */
export interface ParticipantKey {
  phoneIndex?: Uint8Array
  /** As shown, hyphens included. */
  applicationNumber?: string
}

/** A part of an event's participants, newest first. `before` is the last id of the previous part. */
export interface PageBefore {
  eventId: string
  before?: string | undefined
  limit: number
  /** Defaults to all. */
  filter?: ParticipantFilter | undefined
}

/** The condition of the rows that a part is taken from. */
export const isOfPage = ({ eventId, before, filter = {} }: PageBefore): SQL | undefined =>
  and(
    eq(participants.eventId, eventId),
    before === undefined ? undefined : lt(participants.id, before),
    ...filterConditions(filter),
  )

/** A page of an event's participants, or of those with a key, newest first. */
export function findParticipants(
  executor: Executor,
  { key = {}, ...page }: PageBefore & { key?: ParticipantKey },
): Promise<ParticipantRow[]> {
  const { phoneIndex, applicationNumber } = key
  return executor
    .select(participantColumns)
    .from(participants)
    .where(
      and(
        isOfPage(page),
        phoneIndex && eq(participants.phoneIndex, phoneIndex),
        applicationNumber === undefined ? undefined : eq(participants.applicationNumber, applicationNumber),
      ),
    )
    .orderBy(desc(participants.id))
    .limit(page.limit)
}

/** Participants of an event by their ids, newest first. */
export function findParticipantsByIds(
  executor: Executor,
  { eventId, ids }: { eventId: string; ids: readonly string[] },
): Promise<ParticipantRow[]> {
  return executor
    .select(participantColumns)
    .from(participants)
    .where(
      and(eq(participants.eventId, eventId), sql`${participants.id} = any(${arrayLiteral(ids)}::uuid[])`),
    )
    .orderBy(desc(participants.id))
}

/** A page of an event's participants, oldest first. `after` is the last id of the previous page. */
export function pageParticipants(
  executor: Executor,
  { eventId, after, limit }: { eventId: string; after?: string | undefined; limit: number },
): Promise<ParticipantRow[]> {
  return executor
    .select(participantColumns)
    .from(participants)
    .where(
      and(eq(participants.eventId, eventId), after === undefined ? undefined : gt(participants.id, after)),
    )
    .orderBy(asc(participants.id))
    .limit(limit)
}

/** A participant of an event, or undefined. */
export async function findParticipant(
  executor: Executor,
  { eventId, participantId }: { eventId: string; participantId: string },
): Promise<ParticipantRow | undefined> {
  const [row] = await executor
    .select(participantColumns)
    .from(participants)
    .where(and(eq(participants.eventId, eventId), eq(participants.id, participantId)))
  return row
}

/** Participant ids by entry id. An entry id that the event does not have is missing from the map. */
export async function findParticipantIdsByEntry(
  executor: Executor,
  { eventId, entryIds }: { eventId: string; entryIds: readonly string[] },
): Promise<Map<string, string>> {
  const rows = await executor.execute<{ id: string; entryId: string }>(sql`
    select p.id, p.entry_id as "entryId"
    from jsonb_array_elements_text(${JSON.stringify(entryIds)}::jsonb) drawn(entry_id)
    join participants p on p.event_id = ${eventId} and p.entry_id = drawn.entry_id`)
  return new Map(rows.map(({ id, entryId }) => [entryId, id]))
}

const entryColumns = {
  id: participants.id,
  applicationNumber: participants.applicationNumber,
  phoneNumber: participants.phoneNumber,
  phoneIndex: participants.phoneIndex,
  entryPath: participants.entryPath,
  participatedAt: participants.participatedAt,
  visited: participants.visited,
  visitedAt: participants.visitedAt,
  visitSigned: participants.visitSigned,
  entryId: participants.entryId,
  rulesSeq: participants.rulesSeq,
  exclusionReason: participants.exclusionReason,
  withdrawnAt: participants.withdrawnAt,
}

/** The columns of an entry that receipts and proofs are built from. */
export type EntryRow = Pick<typeof participants.$inferSelect, keyof typeof entryColumns>

/** The entry of a participant, or undefined. */
export function findEntry(
  executor: Executor,
  { eventId, participantId }: { eventId: string; participantId: string },
): Promise<EntryRow | undefined> {
  return findOneEntry(executor, eventId, eq(participants.id, participantId))
}

/** The entry with an application number as shown, hyphens included, or undefined. */
export function findEntryByNumber(
  executor: Executor,
  { eventId, applicationNumber }: { eventId: string; applicationNumber: string },
): Promise<EntryRow | undefined> {
  return findOneEntry(executor, eventId, eq(participants.applicationNumber, applicationNumber))
}

/** The entry with an opaque id of the draw's list, or undefined. */
export function findEntryById(
  executor: Executor,
  { eventId, entryId }: { eventId: string; entryId: string },
): Promise<EntryRow | undefined> {
  return findOneEntry(executor, eventId, eq(participants.entryId, entryId))
}

async function findOneEntry(executor: Executor, eventId: string, where: SQL): Promise<EntryRow | undefined> {
  const [row] = await executor
    .select(entryColumns)
    .from(participants)
    .where(and(eq(participants.eventId, eventId), where))
  return row
}

export interface EntryCounts {
  entries: number
  /** Entries that take part in the draw. */
  eligible: number
  /** Entries with the visit bonus, excluded ones included. */
  visited: number
  /** Entries with the visit bonus that take part in the draw. */
  visitedEligible: number
  /** Excluded and withdrawn entries, by reason code; a code without one is missing. */
  excluded: ReadonlyMap<number, number>
}

/**
 * Counts an event's entries by reading them all: for what must be exact at that moment, the draw dialog's
 * tickets and a rules record's `entriesSoFar`. Pages and polls read the counts of `analytics`.
 */
export async function countEntries(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<EntryCounts> {
  const rows = await executor.execute<{ reason: number; entries: number; visited: number }>(sql`
    select exclusion_reason as reason, count(*)::int as entries, count(*) filter (where visited)::int as visited
    from participants where event_id = ${eventId} group by exclusion_reason`)
  const eligible = rows.find(({ reason }) => reason === 0)
  return {
    entries: rows.reduce((sum, { entries }) => sum + entries, 0),
    eligible: eligible?.entries ?? 0,
    visited: rows.reduce((sum, { visited }) => sum + visited, 0),
    visitedEligible: eligible?.visited ?? 0,
    excluded: new Map(rows.flatMap(({ reason, entries }) => (reason === 0 ? [] : [[reason, entries]]))),
  }
}

/**
 * Counts an event's eligible entries up to `atMost`: a lock over a million entries need not read all of them
 * twice.
 */
export async function countEligible(
  executor: Executor,
  { eventId, atMost }: { eventId: string; atMost: number },
): Promise<number> {
  const [row] = await executor.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select from participants where event_id = ${eventId} and exclusion_reason = 0 limit ${atMost}
    ) eligible`)
  return row?.count ?? 0
}
