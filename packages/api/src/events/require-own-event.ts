import type { Executor } from '@eungmo/db/connection/client'
import { type EventPageRow, findEventPageById } from '@eungmo/db/queries/event-pages'
import { type EventWithParts, findEvent, lockEventRow } from '@eungmo/db/queries/events'
import type { Member } from '../context.ts'
import { notFoundForShop } from '../errors/log-denied.ts'

function ofShop(event: EventWithParts | undefined, viewer: Member): EventWithParts {
  // The same for both: whether an id exists is no business of another shop.
  if (event?.shopId !== viewer.shopId) throw notFoundForShop(event !== undefined)
  return event
}

/** The event with its parts. Throws NOT_FOUND for an unknown id and for an event of another shop. */
export const requireOwnEvent = async (
  executor: Executor,
  viewer: Member,
  eventId: string,
): Promise<EventWithParts> => ofShop(await findEvent(executor, { eventId }), viewer)

/** Like `requireOwnEvent`, with everything that the event's pages show. */
export async function requireOwnEventPage(
  executor: Executor,
  viewer: Member,
  eventId: string,
): Promise<EventPageRow> {
  const row = await findEventPageById(executor, { eventId })
  if (row?.event.shopId !== viewer.shopId) throw notFoundForShop(row !== undefined)
  return row
}

/** Like `requireOwnEvent`, and locks the event's row until the transaction ends. */
export async function lockOwnEvent(tx: Executor, viewer: Member, eventId: string): Promise<EventWithParts> {
  // Checked before the row is locked: strangers must not be able to block an event.
  await requireOwnEvent(tx, viewer, eventId)
  return ofShop(await lockEventRow(tx, { eventId }), viewer)
}
