import { sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'

/** How many of an event's participants have personal data, and of how many it was destroyed. */
export async function countStored(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<{ stored: number; destroyed: number }> {
  const [row] = await executor.execute<{ stored: number; destroyed: number }>(sql`
    select count(phone_number)::int as stored, (count(*) - count(phone_number))::int as destroyed
    from participants where event_id = ${eventId}`)
  return row ?? { stored: 0, destroyed: 0 }
}
