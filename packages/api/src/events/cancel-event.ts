import type { Executor } from '@eungmo/db/connection/client'
import { type EventWithParts, updateEventRow } from '@eungmo/db/queries/events'
import { nextCancel } from '@eungmo/draw/records'
import type { Member } from '../context.ts'
import type { KeyRing } from '../crypto/key-ring.ts'
import type { Dependencies } from '../dependencies.ts'
import { appendRecord, readChain } from '../rules-record/chain.ts'
import { presentEvent } from './present-event.ts'
import { lockOwnEvent, requireOwnEvent } from './require-own-event.ts'
import { requireUnlocked } from './require-unlocked.ts'
import type { EventView } from './schema.ts'

/**
 * Cancels an event that is not locked yet, and ends its chain with a cancel record; a draft has no chain.
 * Throws CONFLICT (event-locked, event-cancelled).
 */
export async function cancelEvent(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Member,
  eventId: string,
): Promise<EventView> {
  return db.transaction(async (tx) => {
    const event = await lockOwnEvent(tx, viewer, eventId)
    requireUnlocked(event)
    await endChain(tx, secrets, event)
    return presentEvent(await requireOwnEvent(tx, viewer, eventId))
  })
}

/**
 * Cancels an event whose row the caller has locked: the last record of its chain says so.
 * @param cancelReason why it is cancelled by itself; null for any other cancellation
 */
export async function endChain(
  tx: Executor,
  secrets: KeyRing,
  event: EventWithParts,
  cancelReason: EventWithParts['cancelReason'] = null,
): Promise<void> {
  if (event.status !== 'draft') {
    const { records } = await readChain(tx, event.id)
    await appendRecord(tx, secrets, event.keyId, records, nextCancel(records, event.now))
  }
  const changes = { status: 'cancelled', cancelledAt: event.now, cancelReason } as const
  await updateEventRow(tx, { eventId: event.id, changes })
}
