import type { Sql } from '@eungmo/db/connection/client'

/**
 * Creates entries of an event inside the server and counts them; every fourth has visited. Vacuums the table, as
 * autovacuum would have during days of entering.
 */
export async function fillParticipants(sql: Sql, eventId: string, count: number): Promise<void> {
  await sql`
    insert into participants (event_id, id, name, phone_index, entry_path, application_number, participated_at, entry_id,
      entry_salt, consented_at, consent_version, rules_seq, visited)
    select ${eventId}::uuid, gen_random_uuid(), 'bench', sha256(n::text::bytea), 'SNS', n::text, now(),
      rtrim(translate(encode(sha256(('entry' || n)::bytea), 'base64'), '+/', '-_'), '='),
      decode(md5(n::text), 'hex'), now(), 1, 0, n % 4 = 0
    from generate_series(1, ${count}) n`
  await sql`insert into analytics.event_totals (event_id, total) values (${eventId}, ${count})`
  await sql`vacuum analyze participants`
}
