import { type SQL, sql } from 'drizzle-orm'
import { arrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'
import { type DestructionReason, EARLY_REASONS } from '../schema/destructions.ts'
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

/** One common table expression per table of the registry. Tables other than participants have participant_id. */
function destroyTable(table: string, columns: readonly PersonalColumn[]): SQL {
  const id = quoted(table === 'participants' ? 'id' : 'participant_id')
  const rows = sql`t.event_id = due.event_id and t.${id} = due.id`
  const name = quoted(`destroyed_${table}`)
  return columns.some(({ destruction }) => destruction === 'delete the row')
    ? sql`${name} as (delete from ${quoted(table)} t using due where ${rows})`
    : sql`${name} as (update ${quoted(table)} t set ${sql.join(columns.map(assignment), sql`, `)} from due where ${rows})`
}

const destroyTables = (): SQL => {
  const tables = Map.groupBy(
    personalColumns.filter(({ withParticipant }) => withParticipant),
    ({ table }) => table,
  )
  return sql.join(
    [...tables].map(([table, columns]) => destroyTable(table, columns)),
    sql`, `,
  )
}

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
  const journaled = sql`
    journaled as (
      insert into destruction_journal (id, event_id, reason, participant_ids)
      select gen_random_uuid(), event_id, ${reason}, array_agg(id order by id) from due group by event_id
    ),`
  const [row] = await executor.execute<{ ids: string[] | null }>(sql`
    with due as materialized (
      select p.event_id, p.id, p.consent_version, p.participated_at
      from participants p
      where ${inScope(eventId, scope)} ${after ? sql`and p.id > ${after}` : sql``}
      order by p.event_id, p.id
      limit ${MAX_ROWS_PER_BATCH}
      for update of p
    ),
    ${destroyTables()},${isEarly(reason) && !isJournaled ? journaled : sql``}
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
    )
    select json_agg(id order by id) as ids from due`)
  const participantIds = row?.ids ?? []
  return { count: participantIds.length, lastId: participantIds.at(-1) ?? null, participantIds }
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
