import { eq } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { participants } from '../schema/index.ts'

/** Whether anybody has entered the event. */
export async function hasEntries(executor: Executor, { eventId }: { eventId: string }): Promise<boolean> {
  const rows = await executor
    .select({ id: participants.id })
    .from(participants)
    .where(eq(participants.eventId, eventId))
    .limit(1)
  return rows.length > 0
}
