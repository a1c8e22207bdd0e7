import { eq } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { prizes } from '../schema/index.ts'
import type { EventPrize } from './events.ts'

/** Replaces an event's prizes, in the order of the list. Ranks fill them in that order. */
export async function replacePrizes(
  executor: Executor,
  { eventId, prizes: list }: { eventId: string; prizes: readonly EventPrize[] },
): Promise<void> {
  await executor.delete(prizes).where(eq(prizes.eventId, eventId))
  if (list.length === 0) return
  await executor
    .insert(prizes)
    .values(list.map((prize, index) => ({ eventId, position: index + 1, ...prize })))
}
