import type { Sql } from '@eungmo/db/connection/client'
import { randomUUIDv7 } from 'bun'

export const entryPaths = ['우리동네TV', 'SNS', '링고비즈'] as const

/** Stores a published event that accepts entries now, with three channels. Returns its id. */
export async function seedEvent(sql: Sql, keyId = 'test'): Promise<string> {
  const [shopId, eventId] = [randomUUIDv7(), randomUUIDv7()]
  await sql`insert into shops (id, name, slug) values (${shopId}, '봄날 베이커리', ${shopId})`
  await sql`
    insert into events (id, shop_id, slug, title, starts_at, ends_at, announcement_date, winner_count, status, key_id, visit_token,
      rules_seq, consent_version)
    values (${eventId}, ${shopId}, ${eventId}, '개점 기념 추첨', now() - interval '1 day', now() + interval '1 day',
      now() + interval '2 days', 3, 'published', ${keyId}, 'token', 1, 1)`
  for (const [position, entryPath] of entryPaths.entries())
    await sql`
      insert into channels (event_id, entry_path, code, position) values (${eventId}, ${entryPath}, ${`c${position}`}, ${position})`
  return eventId
}
