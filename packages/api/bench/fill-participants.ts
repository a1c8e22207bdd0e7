import type { Sql } from '@eungmo/db/connection/client'

/**
 * Creates entries of an event inside the server and counts them; every fourth has visited. Vacuums the table, as
 * autovacuum would have during days of entering. Names and phone numbers are as long as envelopes, and open nowhere.
 */
export async function fillParticipants(sql: Sql, eventId: string, count: number): Promise<void> {
  await sql`
    insert into participants (event_id, id, name, phone_number, phone_index, entry_path, application_number, participated_at,
      entry_id, consented_at, consent_version, rules_seq, visited)
    select ${eventId}::uuid, gen_random_uuid(), decode(repeat(md5(n::text), 4), 'hex'), decode(repeat(md5(n::text), 4), 'hex'),
      decode(md5(n::text), 'hex'), 'SNS', n::text, now(),
      rtrim(translate(encode(sha256(('entry' || n)::bytea), 'base64'), '+/', '-_'), '='),
      now(), 1, 0, n % 4 = 0
    from generate_series(1, ${count}) n`
  await sql`insert into analytics.event_totals (event_id, total) values (${eventId}, ${count})`
  await sql`vacuum analyze participants`
}
