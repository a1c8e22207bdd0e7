import { COUNTING_LOCK } from '../connection/advisory-locks.ts'
import { arrayLiteral } from '../connection/array-literal.ts'
import type { StatementRunner } from '../connection/statement-link.ts'
import { VIEWS_EVENT_TYPE } from './outbox.ts'

/** Views of one event, source and hour, as one message. */
export interface ViewMessage {
  /** UUIDv7: a message that is queued or counted again has the same id. */
  messageId: string
  eventId: string
  /** A channel's code, or a source that starts with `~`. */
  channel: string
  /** ISO 8601, the start of the hour in UTC. */
  hour: string
  count: number
}

/** Writes messages to the outbox in one statement. Safe to repeat when its outcome is unknown. */
export async function queueViews(link: StatementRunner, messages: readonly ViewMessage[]): Promise<void> {
  await link.run(
    `insert into outbox (message_id, event_type, schema_version, key, payload)
     select message_id, '${VIEWS_EVENT_TYPE}', 1, event_id,
       jsonb_build_object('eventId', event_id, 'channel', channel, 'hour', hour, 'count', count)
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::int[])
       as m (message_id, event_id, channel, hour, count)
     order by message_id
     on conflict do nothing`,
    columns(messages),
  )
}

export interface CountedViews {
  /** Messages that had not been counted before. */
  fresh: number
  /** Events whose counts changed. */
  eventIds: string[]
}

/**
 * Counts messages, each once however often it is delivered, and deletes the outbox rows among them, in one
 * statement that applies completely or not at all. Waits while the counts are rebuilt. Safe to repeat. Message
 * ids are distinct.
 */
export async function countViews(
  link: StatementRunner,
  messages: readonly ViewMessage[],
  outboxIds: readonly string[],
): Promise<CountedViews> {
  const [row] = await link.run<{ fresh: number; eventIds: string[] }>(
    `with gate as materialized (select pg_advisory_xact_lock_shared(${COUNTING_LOCK})),
    batch as (
      select m.* from gate, unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[], $5::int[])
        as m (message_id, event_id, source, hour, count)
    ),
    fresh as (
      insert into analytics.processed_messages (message_id)
      select message_id from batch order by message_id
      on conflict do nothing
      returning message_id
    ),
    counted as materialized (
      select event_id, source, hour, sum(count)::bigint as n from batch join fresh using (message_id) group by 1, 2, 3
    ),
    added as (
      insert into analytics.view_counts as v (event_id, source, hour, count)
      select event_id, source, hour, n from counted order by 1, 2, 3
      on conflict (event_id, source, hour) do update set count = v.count + excluded.count
    ),
    gone as (delete from public.outbox using gate where message_id = any($6::uuid[]))
    select (select count(*)::int from fresh) as fresh,
      (select coalesce(json_agg(distinct event_id), '[]') from counted) as "eventIds"`,
    [...columns(messages), arrayLiteral(outboxIds)],
  )
  if (!row) throw new Error('The counting statement returned no row')
  return row
}

function columns(messages: readonly ViewMessage[]): string[] {
  return [
    arrayLiteral(messages.map(({ messageId }) => messageId)),
    arrayLiteral(messages.map(({ eventId }) => eventId)),
    arrayLiteral(messages.map(({ channel }) => channel)),
    arrayLiteral(messages.map(({ hour }) => hour)),
    arrayLiteral(messages.map(({ count }) => String(count))),
  ]
}
