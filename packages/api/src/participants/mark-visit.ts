import { findParticipant, markParticipantVisited } from '@eungmo/db/queries/participants'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { presentParticipant } from './present-participant.ts'
import type { Participant } from './schema.ts'

/**
 * Marks that a participant visited the shop, and who says so; final, since the entrant holds a receipt. Throws
 * NOT_FOUND, and CONFLICT once the event is locked.
 */
export async function markVisit(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Member,
  request: { eventId: string; participantId: string },
): Promise<Participant> {
  await requireOwnEvent(db, viewer, request.eventId)
  const { status, found } = await markParticipantVisited(db, {
    ...request,
    markedBy: viewer.userId,
  })
  if (!found) throw new DomainError('NOT_FOUND')
  if (status === 'cancelled') throw new DomainError('CONFLICT', { reason: 'event-cancelled' })
  if (status !== 'published') throw new DomainError('CONFLICT', { reason: 'event-locked' })
  const row = await findParticipant(db, request)
  if (!row) throw new DomainError('NOT_FOUND')
  return presentParticipant(secrets, row)
}
