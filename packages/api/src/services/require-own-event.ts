import type { Executor } from '@eungmo/db/client'
import { type EventRow, eventById } from '@eungmo/db/queries/event-by-id'
import type { Member } from '../context.ts'
import { DomainError } from '../errors/domain-error.ts'

/** The event, if it is of the viewer's shop: throws NOT_FOUND for an unknown id, FORBIDDEN for another shop's. */
export async function requireOwnEvent(db: Executor, viewer: Member, eventId: string): Promise<EventRow> {
  const event = await eventById(db, eventId)
  if (!event) throw new DomainError('NOT_FOUND')
  if (event.shopId !== viewer.shopId) throw new DomainError('FORBIDDEN')
  return event
}
