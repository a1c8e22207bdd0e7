import type { Sql } from '../connection/client.ts'
import { firstIdAt, PROCESSED_RETENTION_MS } from './processed-messages.ts'

/**
 * A count that differs from participants: of the channel `entryPath`, of `hour`, or the event's total when
 * both are null.
 */
export interface CountDifference {
  eventId: string
  entryPath: string | null
  /** ISO 8601. */
  hour: string | null
  expected: number
  counted: number
}

export interface Reconciliation {
  participants: number
  /** Entries whose message has not been counted yet. */
  waiting: number
  /** Of those, entries older than `overdueAfterSeconds`. */
  overdue: number
  differences: CountDifference[]
}

/**
 * Compares the counts with participants in one snapshot, while everything runs: an entry whose message is
 * still in transit is expected to be missing, unless it has waited for longer than `overdueAfterSeconds`.
 */
export async function reconcileAnalytics(
  sql: Sql,
  now: number,
  overdueAfterSeconds: number,
): Promise<Reconciliation> {
  const rows = await sql.unsafe<
    (CountDifference & { participants: number; waiting: number; overdue: number; eventId: string | null })[]
  >(
    `with entries as materialized (
      select p.event_id, p.entry_path, date_trunc('hour', p.participated_at, 'UTC') as hour, p.participated_at,
        p.id < $1::uuid or m.message_id is not null as counted
      from participants p left join analytics.processed_messages m on m.message_id = p.id
    ),
    truth as materialized (
      select event_id, entry_path, hour, count(*) as n from entries where counted group by 1, 2, 3
    ),
    expected as (
      select event_id, null::text as entry_path, null::timestamptz as hour, sum(n) as n from truth group by 1
      union all select event_id, entry_path, null, sum(n) from truth group by 1, 2
      union all select event_id, null, hour, sum(n) from truth group by 1, 3
    ),
    counts as (
      select event_id, null::text as entry_path, null::timestamptz as hour, total as n from analytics.event_totals
      union all select event_id, entry_path, null, count from analytics.channel_counts
      union all select event_id, null, hour, count from analytics.hourly_counts
    ),
    difference as (
      select coalesce(e.event_id, c.event_id) as event_id, coalesce(e.entry_path, c.entry_path) as entry_path,
        coalesce(e.hour, c.hour) as hour, coalesce(e.n, 0)::float8 as expected, coalesce(c.n, 0)::float8 as counted
      from expected e full join counts c on e.event_id = c.event_id
        and coalesce(e.entry_path, '') = coalesce(c.entry_path, '')
        and coalesce(e.hour, 'epoch') = coalesce(c.hour, 'epoch')
      where coalesce(e.n, 0) <> coalesce(c.n, 0)
    ),
    summary as (
      select count(*)::int as participants, count(*) filter (where not counted)::int as waiting,
        count(*) filter (where not counted and participated_at < now() - make_interval(secs => $2::int))::int as overdue
      from entries
    )
    select s.*, d.event_id as "eventId", d.entry_path as "entryPath", d.expected, d.counted,
      to_char(d.hour at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as hour
    from summary s left join difference d on true
    order by d.event_id, d.entry_path nulls first, d.hour nulls first`,
    [firstIdAt(now - PROCESSED_RETENTION_MS), overdueAfterSeconds],
  )
  const [summary] = rows
  if (!summary) throw new Error('The reconcile statement returned no row')
  const { participants, waiting, overdue } = summary
  const differences = rows
    .filter((row) => row.eventId !== null)
    .map(({ eventId, entryPath, hour, expected, counted }) => ({
      eventId,
      entryPath,
      hour,
      expected,
      counted,
    }))
  return { participants, waiting, overdue, differences }
}
