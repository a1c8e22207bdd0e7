import { type SQL, sql } from 'drizzle-orm'
import { arrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'
import { type DestructionReason, EARLY_REASONS } from '../schema/destructions.ts'
import type { EventStatus } from '../schema/events.ts'
import { type PersonalColumn, personalColumns } from '../schema/personal-columns.ts'

/** Whose personal data is meant, among the participants of an event whose data is still stored. */
export interface DestructionScope {
  /** Defaults to everybody: holders and waiting alternates alone, or all but these. */
  standing?: 'winners' | 'others'
  /** Versions of the consent text that they had agreed to. Defaults to every version. */
  versions?: readonly number[]
  /** Defaults to all participants of the event. */
  participantIds?: readonly string[]
}

export interface DestroyedBatch {
  count: number
  /** The last participant of the batch, in the order of their ids; null where there was none. */
  lastId: string | null
  /** Every participant of the batch. */
  participantIds: string[]
}

const MAX_ROWS_PER_BATCH = 500

const quoted = (name: string): SQL => sql.raw(`"${name}"`)

const assignment = ({ column, destruction }: PersonalColumn): SQL =>
  destruction === 'cut to the hour'
    ? sql`${quoted(column)} = date_trunc('hour', t.${quoted(column)}, 'UTC')`
    : sql`${quoted(column)} = null`

/** The code of eungmo-draw for an entry that the entrant withdrew. */
const WITHDRAWN_BY_ENTRANT = 5

/** What a withdrawal sets in participants: in a list that is not locked yet, the entry takes no part. */
const withdrawal = sql`withdrawn_at = date_trunc('hour', now(), 'UTC'), exclusion_reason =
  case when due.before_lock then ${sql.raw(String(WITHDRAWN_BY_ENTRANT))} else t.exclusion_reason end`

/** One common table expression per table of the registry. Tables other than participants have participant_id. */
function destroyTable(table: string, columns: readonly PersonalColumn[], reason: DestructionReason): SQL {
  const id = quoted(table === 'participants' ? 'id' : 'participant_id')
  const rows = sql`t.event_id = due.event_id and t.${id} = due.id`
  const name = quoted(`destroyed_${table}`)
  const assignments = columns.map(assignment)
  if (table === 'participants' && reason === 'withdrawn') assignments.push(withdrawal)
  return columns.some(({ destruction }) => destruction === 'delete the row')
    ? sql`${name} as (delete from ${quoted(table)} t using due where ${rows})`
    : sql`${name} as (update ${quoted(table)} t set ${sql.join(assignments, sql`, `)} from due where ${rows})`
}

/**
 * The common table expressions that destroy the rows of `due` in every column of the registry, count them in the
 * destruction record and, where no date repeats the destruction, write a row of the journal.
 */
function destroyDue(reason: DestructionReason, { isJournaled = false } = {}): SQL {
  const tables = Map.groupBy(
    personalColumns.filter(({ withParticipant }) => withParticipant),
    ({ table }) => table,
  )
  const destroyed = [...tables].map(([table, columns]) => destroyTable(table, columns, reason))
  const journaled = sql`
    journaled as (
      insert into destruction_journal (id, event_id, reason, participant_ids)
      select gen_random_uuid(), event_id, ${reason}, array_agg(id order by id) from due group by event_id
    ),`
  return sql`${sql.join(destroyed, sql`, `)},${isEarly(reason) && !isJournaled ? journaled : sql``}
    recorded as (
      insert into destruction_records as r
        (id, event_id, reason, consent_version, count, oldest_entry_at, newest_entry_at)
      select gen_random_uuid(), event_id, ${reason}, consent_version, count(*),
        date_trunc('hour', min(participated_at), 'UTC'), date_trunc('hour', max(participated_at), 'UTC')
      from due group by event_id, consent_version
      on conflict (event_id, reason, consent_version) do update set
        count = r.count + excluded.count,
        oldest_entry_at = least(r.oldest_entry_at, excluded.oldest_entry_at),
        newest_entry_at = greatest(r.newest_entry_at, excluded.newest_entry_at),
        destroyed_at = excluded.destroyed_at
    )`
}

/** Whether an entry of an event with this status can still leave the draw's list. */
const isBeforeLock = (status: SQL): SQL => sql`${status} in ('published', 'cancelled')`

/** Whether no date repeats a destruction for this reason. */
export const isEarly = (reason: DestructionReason): boolean => EARLY_REASONS.some((early) => early === reason)

/** The condition of a row `p` of participants. A participant without an application number is destroyed. */
function inScope(eventId: string, { standing, versions, participantIds }: DestructionScope): SQL {
  const winners = sql`select w.participant_id from draw_winners w
    where w.event_id = ${eventId} and w.standing in ('selected', 'alternate')`
  return sql.join(
    [
      sql`p.event_id = ${eventId} and p.application_number is not null`,
      ...(standing === 'winners' ? [sql`p.id in (${winners})`] : []),
      ...(standing === 'others' ? [sql`p.id not in (${winners})`] : []),
      ...(versions ? [sql`p.consent_version = any(${arrayLiteral(versions.map(String))}::int[])`] : []),
      ...(participantIds ? [sql`p.id = any(${arrayLiteral(participantIds)}::uuid[])`] : []),
    ],
    sql` and `,
  )
}

/**
 * Destroys the personal data of at most 500 participants in one statement, in the order of their ids: every
 * column of the registry, and the destruction record that counts them. What takes no part in a person stays:
 * row, entry path, hour, tickets and entry id. An early destruction, which no date repeats, also gets a row in
 * the journal of destructions.
 * @param after the `lastId` of the batch before
 * @param isJournaled whether the journal holds these participants already. Defaults to false.
 */
export async function destroyParticipants(
  executor: Executor,
  args: {
    eventId: string
    reason: DestructionReason
    scope: DestructionScope
    after?: string | null
    isJournaled?: boolean
  },
): Promise<DestroyedBatch> {
  const { eventId, reason, scope, after, isJournaled = false } = args
  const beforeLock = isBeforeLock(sql`(select e.status from events e where e.id = p.event_id)`)
  const [row] = await executor.execute<{ ids: string[] | null }>(sql`
    with due as materialized (
      select p.event_id, p.id, p.consent_version, p.participated_at, ${beforeLock} as before_lock
      from participants p
      where ${inScope(eventId, scope)} ${after ? sql`and p.id > ${after}` : sql``}
      order by p.event_id, p.id
      limit ${MAX_ROWS_PER_BATCH}
      for update of p
    ),
    ${destroyDue(reason, { isJournaled })}
    select json_agg(id order by id) as ids from due`)
  const participantIds = row?.ids ?? []
  return { count: participantIds.length, lastId: participantIds.at(-1) ?? null, participantIds }
}

/**
 * Destroys the personal data of one participant at the participant's request, in one statement behind the event's
 * shared gate, as an entry: so that a lock sees it whole or not at all. Before the lock the entry stays in the list
 * without tickets. Changes nothing in a drawn event unless the caller holds the gate exclusively (`drawn`), since
 * the participant may hold a slot there. Returns the event's status as read behind the gate, null for an unknown
 * event, and whether this call destroyed anything.
 */
export async function withdrawParticipant(
  executor: Executor,
  args: { eventId: string; participantId: string; drawn?: boolean; isJournaled?: boolean },
): Promise<{ status: EventStatus | null; destroyed: boolean }> {
  const { eventId, participantId, drawn = false, isJournaled = false } = args
  const [row] = await executor.execute<{ status: EventStatus | null; destroyed: boolean }>(sql`
    with terms as materialized (select status from entry_terms(${eventId}, false)),
    due as materialized (
      select p.event_id, p.id, p.consent_version, p.participated_at,
        ${isBeforeLock(sql`terms.status`)} as before_lock
      from terms
      join participants p on p.event_id = ${eventId} and p.id = ${participantId}
      where p.application_number is not null
        and (terms.status in ('published', 'locked', 'cancelled') or (${drawn}::boolean and terms.status = 'drawn'))
      for update of p
    ),
    ${destroyDue('withdrawn', { isJournaled })}
    select (select status from terms) as status, exists (select from due) as destroyed`)
  return row ?? { status: null, destroyed: false }
}

/** How many participants of an event in this scope still have personal data, up to `atMost`. */
export async function countStoredParticipants(
  executor: Executor,
  { eventId, scope = {}, atMost }: { eventId: string; scope?: DestructionScope; atMost?: number },
): Promise<number> {
  // In the order of the index that holds no destroyed participant, so that these are not read.
  const [row] = await executor.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select from participants p where ${inScope(eventId, scope)}
      order by p.event_id, p.application_number ${atMost === undefined ? sql`` : sql`limit ${atMost}`}
    ) stored`)
  return row?.count ?? 0
}
