import { updateEventRow } from '@eungmo/db/queries/events'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { presentEvent } from './present-event.ts'
import { lockOwnEvent, requireOwnEvent } from './require-own-event.ts'
import { requireUnlocked } from './require-unlocked.ts'
import type { EventView } from './schema.ts'

/** Cancels an event that is not locked yet. Throws CONFLICT (event-locked, event-cancelled). */
export async function cancelEvent(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Member,
  eventId: string,
): Promise<EventView> {
  return db.transaction(async (tx) => {
    const event = await lockOwnEvent(tx, viewer, eventId)
    requireUnlocked(event)
    await updateEventRow(tx, { eventId: event.id, changes: { status: 'cancelled' } })
    return presentEvent(await requireOwnEvent(tx, viewer, eventId))
  })
}
