import type { EventToDestroy } from '@eungmo/db/queries/destructions'
import { lockEventRow } from '@eungmo/db/queries/events'
import type { Dependencies } from '../dependencies.ts'
import { endChain } from '../events/cancel-event.ts'
import { readDeadlines } from './require-stored-data.ts'

/**
 * Cancels an event that is published and not drawn at `now`, the date at which its entrants' data is destroyed.
 * Returns the event as it is afterwards.
 */
export async function cancelUndrawn(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  found: EventToDestroy,
  now: Date,
): Promise<EventToDestroy> {
  if (found.status !== 'published') return found
  return db.transaction(async (tx) => {
    const event = await lockEventRow(tx, { eventId: found.id })
    if (!event || event.status === 'draft') throw new Error(`event ${found.id} is no longer published`)
    const { status, cancelledAt } = event
    if (status !== 'published' || now < (await readDeadlines(tx, event)).othersUntil)
      return { ...found, status, cancelledAt }
    await endChain(tx, secrets, event)
    return { ...found, status: 'cancelled', cancelledAt: event.now }
  })
}
