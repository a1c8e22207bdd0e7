import { findParticipant, markParticipantVisited } from '@eungmo/db/queries/participants'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { showPeople } from '../personal-data/read-people.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { presentParticipants, sealedPerson } from './present-participant.ts'
import type { Participant } from './schema.ts'

/**
 * Marks that a participant visited the shop, and who says so; final, since the entrant holds a receipt. Throws
 * NOT_FOUND, and CONFLICT once the event is locked.
 */
export async function markVisit(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Actor,
  request: { eventId: string; participantId: string },
): Promise<Participant> {
  const event = await requireOwnEvent(db, viewer, request.eventId)
  const access = await db.transaction(async (tx) => {
    const line = await recordAccess(tx, {
      actor: viewer,
      action: 'mark-visit',
      eventId: event.id,
      subjectId: request.participantId,
      people: 1,
    })
    const { status, found } = await markParticipantVisited(tx, { ...request, markedBy: viewer.userId })
    if (!found) throw new DomainError('NOT_FOUND')
    if (status === 'cancelled') throw new DomainError('CONFLICT', { reason: 'event-cancelled' })
    if (status !== 'published') throw new DomainError('CONFLICT', { reason: 'event-locked' })
    return line
  })
  const row = await findParticipant(db, request)
  if (!row) throw new DomainError('NOT_FOUND')
  const [marked] = presentParticipants([row], showPeople(secrets, access, [sealedPerson(row)]))
  if (!marked) throw new DomainError('NOT_FOUND')
  return marked
}
