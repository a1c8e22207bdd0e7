import type { Sql } from '@eungmo/db/connection/client'

/** Stores entries of an event whose names and numbers are bytes that nothing opens, for tests that only destroy. */
export async function fillWithBytes(sql: Sql, eventId: string, count: number): Promise<void> {
  await sql`insert into participants (event_id, id, name, phone_number, phone_index, entry_path, application_number,
      participated_at, entry_id, consented_at, consent_version, rules_seq)
    select ${eventId}, gen_random_uuid(), 'x', 'x', n::text::bytea, 'SNS', n::text, now(), n::text, now(), 1, 0
    from generate_series(1, ${count}) n`
}
