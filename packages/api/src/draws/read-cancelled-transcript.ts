import { findEvent } from '@eungmo/db/queries/events'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import type { PublicBody } from '../public-body.ts'
import { undrawnTranscriptBody } from './chain-bodies.ts'

/**
 * The transcript of an event that was cancelled before a lock: nothing was drawn, so it has no openings.
 * Throws NOT_FOUND for any other event, and for a draft that was cancelled.
 */
export async function readCancelledTranscript(
  { db }: Pick<Dependencies, 'db'>,
  eventId: string,
): Promise<PublicBody> {
  const event = await findEvent(db, { eventId })
  if (event?.status !== 'cancelled' || event.publishedAt === null) throw new DomainError('NOT_FOUND')
  return undrawnTranscriptBody(db, event.id)
}
