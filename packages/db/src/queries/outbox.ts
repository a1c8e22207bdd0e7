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
 * Settings of connections that work on the outbox: use its index even when the table looks empty. A plan made
 * then scans the whole table and evaluates its list of ids again for each row: 2,300 rows took seconds.
 */
export const queueSettings = { enable_seqscan: 'off' }

const MAX_EXACT_DEPTH = 100_000

/** Below every message id: a pass over the outbox starts here. */
export const MIN_MESSAGE_ID = '00000000-0000-0000-0000-000000000000'

/** The type of a message about views, which are published apart from all other messages. */
export const VIEWS_EVENT_TYPE = 'EntryPageViewed'

/** Messages that one pass publishes: views, all others (`entries`), or both (`all`). */
export type OutboxQueue = 'entries' | 'views' | 'all'

const condition: Record<OutboxQueue, string> = {
  entries: `and event_type <> '${VIEWS_EVENT_TYPE}'`,
  views: `and event_type = '${VIEWS_EVENT_TYPE}'`,
  all: '',
}

/**
 * The oldest rows of a queue with an id above `after`, at most `limit`. Only within one pass over the table:
 * rows commit out of order, so the next pass starts at `MIN_MESSAGE_ID` again.
 */
export function readOutbox(
  link: StatementRunner,
  queue: OutboxQueue,
  after: string,
  limit: number,
): Promise<OutboxRow[]> {
  return link.run<OutboxRow>(
    `select message_id as "messageId", event_type as "eventType", schema_version as "schemaVersion", key, payload::text as payload
     from outbox where message_id > $1::uuid ${condition[queue]} order by message_id limit $2::int`,
    [after, limit],
  )
}

/** Deletes rows that were published or counted. */
export async function deleteFromOutbox(link: StatementRunner, messageIds: readonly string[]): Promise<void> {
  await link.run('delete from outbox where message_id = any($1::text::uuid[])', [`{${messageIds.join(',')}}`])
}

export interface OutboxState {
  /** Rows: exact below 100,000, the server's estimate above. */
  depth: number
  /** Since the oldest row was written; 0 when empty. */
  oldestAgeSeconds: number
  /** The same without views, which no entry waits for. */
  oldestEntryAgeSeconds: number
}

/** Measures the outbox, at bounded cost however long it is. */
export async function readOutboxState(link: StatementRunner): Promise<OutboxState> {
  const [row] = await link.run<{ counted: number; estimate: number; age: number; entryAge: number }>(
    `select (select count(*)::int from (select from outbox limit ${MAX_EXACT_DEPTH}) as capped) as counted,
       (select n_live_tup::float8 from pg_stat_user_tables where relid = 'outbox'::regclass) as estimate,
       coalesce((select extract(epoch from now() - created_at) from outbox order by message_id limit 1), 0)::float8 as age,
       coalesce((select extract(epoch from now() - created_at) from outbox
         where event_type <> '${VIEWS_EVENT_TYPE}' order by message_id limit 1), 0)::float8 as "entryAge"`,
  )
  if (!row) throw new Error('The outbox state query returned no row')
  const depth = row.counted < MAX_EXACT_DEPTH ? row.counted : Math.max(row.counted, row.estimate)
  return {
    depth,
    oldestAgeSeconds: Math.max(0, row.age),
    oldestEntryAgeSeconds: Math.max(0, row.entryAge),
  }
}
