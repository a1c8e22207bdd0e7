import { sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'

const DEAD_LETTER_LIFETIME_DAYS = 30

/** Deletes dead letters that are older than 30 days, replayed or not. Returns how many. */
export async function deleteOldDeadLetters(executor: Executor, { now }: { now: Date }): Promise<number> {
  const result = await executor.execute(sql`
    delete from analytics.dead_letters
    where created_at <= ${now.toISOString()}::timestamptz - ${DEAD_LETTER_LIFETIME_DAYS}::int * interval '1 day'`)
  return result.count
}
