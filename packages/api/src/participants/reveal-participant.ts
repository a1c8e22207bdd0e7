import { findParticipant } from '@eungmo/db/queries/participants'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { readPeople } from '../personal-data/read-people.ts'
import { sealedPerson } from './present-participant.ts'

/**
 * The whole phone number of one participant; null once personal data was destroyed. Throws NOT_FOUND, and
 * UNAVAILABLE where the access log cannot be written.
 */
export async function revealParticipant(
  dependencies: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Actor,
  request: { eventId: string; participantId: string },
): Promise<{ phoneNumber: string | null }> {
  const event = await requireOwnEvent(dependencies.db, viewer, request.eventId)
  const row = await findParticipant(dependencies.db, request)
  if (!row) throw new DomainError('NOT_FOUND')
  const [person] = await readPeople(dependencies, {
    actor: viewer,
    action: 'reveal-participant',
    eventId: event.id,
    subjects: [sealedPerson(row)],
  })
  return { phoneNumber: person?.phoneNumber ?? null }
}
