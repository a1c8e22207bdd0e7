import { type EventWithParts, findEvent } from '@eungmo/db/queries/events'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'

/** An event that was published, whatever became of it. Throws NOT_FOUND. */
export async function requirePublished(
  { db }: Pick<Dependencies, 'db'>,
  eventId: string,
): Promise<EventWithParts> {
  const event = await findEvent(db, { eventId })
  if (!event || event.publishedAt === null) throw new DomainError('NOT_FOUND')
  return event
}
