import { countingLock } from '../advisory-locks.ts'
import type { StatementRunner } from '../statement-link.ts'

/** What one message adds: `delta` is 1 for an entry, and may be negative for later types. */
export interface CountGroup {
  eventId: string
  entryPath: string
  /** ISO 8601, the start of the hour. */
  hour: string
  delta: number
}

export interface CountBatch {
  /** Distinct, in ascending order, so that concurrent batches never wait for each other in a circle. */
  messageIds: readonly string[]
  /** For each message its index in `groups`. */
  groupOf: readonly number[]
  groups: readonly CountGroup[]
  /** Outbox rows that disappear with the counting; empty when the messages come from Kafka. */
  outboxIds: readonly string[]
}

export interface CountResult {
  /** Messages that had not been counted before. */
  fresh: number
  /** Events whose counts changed. */
  eventIds: string[]
}

const statement = (source: 'kafka' | 'outbox') => `
with gate as materialized (select pg_advisory_xact_lock_shared(${countingLock})),
batch as (
  select b.message_id, b.g
  from gate, unnest($1::text::uuid[], $2::text::int[]) as b (message_id, g)
),
fresh as (
  insert into analytics.processed_messages (message_id)
  select message_id from batch order by message_id
  on conflict do nothing
  returning message_id
),
counted as materialized (
  select s.event_id, s.entry_path, s.hour, (sum(s.delta * n.n))::bigint as n
  from (select b.g, count(*) as n from fresh join batch b using (message_id) group by b.g) n
  join jsonb_to_recordset($3::text::jsonb) as s (g int, event_id uuid, entry_path text, hour timestamptz, delta int) using (g)
  group by 1, 2, 3
),
totals as (
  insert into analytics.event_totals as t (event_id, total, updated_at)
  select event_id, sum(n), now() from counted group by 1 order by 1
  on conflict (event_id) do update set total = t.total + excluded.total, updated_at = excluded.updated_at
),
channels as (
  insert into analytics.channel_counts as t (event_id, entry_path, count)
  select event_id, entry_path, sum(n) from counted group by 1, 2 order by 1, 2
  on conflict (event_id, entry_path) do update set count = t.count + excluded.count
),
hours as (
  insert into analytics.hourly_counts as t (event_id, hour, count)
  select event_id, hour, sum(n) from counted group by 1, 2 order by 1, 2
  on conflict (event_id, hour) do update set count = t.count + excluded.count
)${
  source === 'outbox'
    ? `,
gone as (delete from public.outbox using gate where message_id = any($4::text::uuid[]))`
    : ''
}
select (select count(*)::int from fresh) as fresh,
  (select coalesce(string_agg(distinct event_id::text, ','), '') from counted) as "eventIds"`

const fromKafka = statement('kafka')
const fromOutbox = statement('outbox')

/**
 * Counts a batch once, whatever was delivered before: ids already processed are left out, and everything happens in this one
 * statement or not at all. Waits while counts are rebuilt. Safe to repeat when its outcome is unknown.
 */
export async function countBatch(link: StatementRunner, batch: CountBatch): Promise<CountResult> {
  const groups = batch.groups.map((group, g) => ({
    g,
    event_id: group.eventId,
    entry_path: group.entryPath,
    hour: group.hour,
    delta: group.delta,
  }))
  const parameters = [
    `{${batch.messageIds.join(',')}}`,
    `{${batch.groupOf.join(',')}}`,
    JSON.stringify(groups),
  ]
  const [row] = await (batch.outboxIds.length === 0
    ? link.run<{ fresh: number; eventIds: string }>(fromKafka, parameters)
    : link.run<{ fresh: number; eventIds: string }>(fromOutbox, [
        ...parameters,
        `{${batch.outboxIds.join(',')}}`,
      ]))
  if (!row) throw new Error('The counting statement answered no row')
  return { fresh: row.fresh, eventIds: row.eventIds === '' ? [] : row.eventIds.split(',') }
}
