import { eq } from 'drizzle-orm'
import type { Executor } from '../client.ts'
import { events } from '../schema/events.ts'

export type EventRow = typeof events.$inferSelect

/** One event, whatever its status. */
export async function eventById(db: Executor, eventId: string): Promise<EventRow | undefined> {
  const [row] = await db.select().from(events).where(eq(events.id, eventId))
  return row
}
