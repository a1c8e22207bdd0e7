import type { Executor } from '@eungmo/db/connection/client'
import { type EventWithParts, findEvent, lockEventRow } from '@eungmo/db/queries/events'
import type { Member } from '../context.ts'
import { DomainError } from '../errors/domain-error.ts'

function ofShop(event: EventWithParts | undefined, viewer: Member): EventWithParts {
  if (!event) throw new DomainError('NOT_FOUND')
  if (event.shopId !== viewer.shopId) throw new DomainError('FORBIDDEN')
  return event
}

/** The event with its parts, if it is of the viewer's shop: NOT_FOUND for an unknown id, FORBIDDEN for another shop's. */
export const ownEvent = async (
  executor: Executor,
  viewer: Member,
  eventId: string,
): Promise<EventWithParts> => ofShop(await findEvent(executor, { eventId }), viewer)

/** As `ownEvent`, and holds the event's row until the transaction ends. */
export async function lockOwnEvent(tx: Executor, viewer: Member, eventId: string): Promise<EventWithParts> {
  // Refused before the row is taken: strangers must not be able to hold up an event.
  await ownEvent(tx, viewer, eventId)
  return ofShop(await lockEventRow(tx, { eventId }), viewer)
}
