import { updateEventRow } from '@eungmo/db/queries/events'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { presentEvent } from './present-event.ts'
import { lockOwnEvent, ownEvent } from './require-own-event.ts'
import type { EventView } from './schema.ts'

/** Cancels an event; once locked, nothing is cancelled: throws CONFLICT (event-locked, event-cancelled). */
export async function cancelEvent(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Member,
  eventId: string,
): Promise<EventView> {
  return db.transaction(async (tx) => {
    const event = await lockOwnEvent(tx, viewer, eventId)
    if (event.status === 'cancelled') throw new DomainError('CONFLICT', { reason: 'event-cancelled' })
    if (event.status === 'locked' || event.status === 'drawn')
      throw new DomainError('CONFLICT', { reason: 'event-locked' })
    await updateEventRow(tx, { eventId: event.id, changes: { status: 'cancelled' } })
    return presentEvent(await ownEvent(tx, viewer, eventId))
  })
}
