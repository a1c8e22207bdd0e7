import type { Sql } from '@eungmo/db/connection/client'
import { randomUUIDv7 } from 'bun'
import { entryPaths } from './seed-event.ts'

const MAX_ROWS_PER_STATEMENT = 10_000

export interface EntryOptions {
  /** Whether to store the messages in the outbox, as registration does. Defaults to true. */
  outbox?: boolean
  /** Milliseconds between the participation times, backwards from now. Defaults to 0. */
  spreadMs?: number
}

/** Stores entries as registration does, participants with their outbox rows. Returns their ids. */
export async function writeEntries(
  sql: Sql,
  eventId: string,
  count: number,
  { outbox = true, spreadMs = 0 }: EntryOptions = {},
): Promise<string[]> {
  const all: string[] = []
  for (let start = 0; start < count; start += MAX_ROWS_PER_STATEMENT) {
    const size = Math.min(MAX_ROWS_PER_STATEMENT, count - start)
    const ids = Array.from({ length: size }, () => randomUUIDv7())
    all.push(...ids)
    await sql.unsafe(
      `with batch as materialized (
        select b.id, ($4::text::text[])[1 + (b.n + $5::int) % ${entryPaths.length}] as entry_path,
          date_trunc('milliseconds', now() - make_interval(secs => (b.n + $5::int) * $6::float8 / 1000)) as at
        from unnest($1::text::uuid[]) with ordinality as b (id, n)
      ),
      inserted as (
        insert into participants (event_id, id, phone_index, entry_path, application_number, participated_at, entry_id,
          consented_at, consent_version, rules_seq)
        select $2::uuid, id, uuid_send(id), entry_path, id::text, at, id::text, at, 1, 1 from batch
      )
      insert into outbox (message_id, event_type, schema_version, key, payload)
      select id, 'ParticipantRegistered', 1, id, jsonb_build_object('participantId', id, 'eventId', $2::uuid, 'entryPath', entry_path,
        'timestamp', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      from batch where $3::boolean`,
      [`{${ids.join(',')}}`, eventId, outbox, `{${entryPaths.join(',')}}`, start, spreadMs],
    )
  }
  return all
}
