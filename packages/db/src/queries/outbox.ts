import type { StatementRunner } from '../connection/statement-link.ts'

export interface OutboxRow {
  messageId: string
  eventType: string
  schemaVersion: number
  key: string
  /** JSON text. */
  payload: string
}

/**
 * Of connections that work on the outbox: keep to its index even when it looks empty. Where a plan was made then, it reads the whole
 * table and works its list of ids out anew for each row: 2,300 rows took seconds.
 */
export const queueSettings = { enable_seqscan: 'off' }

/** Smaller than every message id. */
export const beforeAll = '00000000-0000-0000-0000-000000000000'

/**
 * The oldest rows after `after`, at most `limit`. Only for one pass over the table: rows commit out of order, so the next pass
 * starts at `beforeAll` again.
 */
export function readOutbox(link: StatementRunner, after: string, limit: number): Promise<OutboxRow[]> {
  return link.run<OutboxRow>(
    `select message_id as "messageId", event_type as "eventType", schema_version as "schemaVersion", key, payload::text as payload
     from outbox where message_id > $1::uuid order by message_id limit $2::int`,
    [after, limit],
  )
}

export async function deleteFromOutbox(link: StatementRunner, messageIds: readonly string[]): Promise<void> {
  await link.run('delete from outbox where message_id = any($1::text::uuid[])', [`{${messageIds.join(',')}}`])
}

export interface OutboxState {
  /** Exact up to 100,000 rows, the server's estimate above. */
  depth: number
  /** Seconds since the oldest row was written; 0 when empty. */
  oldestAge: number
}

export async function outboxState(link: StatementRunner): Promise<OutboxState> {
  const [row] = await link.run<{ counted: number; estimate: number; age: number }>(
    `select (select count(*)::int from (select from outbox limit 100000) as capped) as counted,
       (select n_live_tup::float8 from pg_stat_user_tables where relid = 'outbox'::regclass) as estimate,
       coalesce((select extract(epoch from now() - created_at) from outbox order by message_id limit 1), 0)::float8 as age`,
  )
  if (!row) throw new Error('The outbox state query answered no row')
  const depth = row.counted < 100_000 ? row.counted : Math.max(row.counted, row.estimate)
  return { depth, oldestAge: Math.max(0, row.age) }
}
