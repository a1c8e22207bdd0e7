import type { Executor } from '@eungmo/db/connection/client'
import type { AccessAction } from '@eungmo/db/queries/access-log'
import { findParticipant } from '@eungmo/db/queries/participants'
import { markParticipantVisited, unmarkParticipantVisited } from '@eungmo/db/queries/visits'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { showPeople } from '../personal-data/read-people.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { exclusionNotes } from './exclusion-note.ts'
import { presentParticipants, sealedPerson } from './present-participant.ts'
import type { Participant } from './schema.ts'

type VisitDependencies = Pick<Dependencies, 'db' | 'secrets'>

interface VisitRequest {
  eventId: string
  participantId: string
}

/**
 * Marks that a participant visited the shop, and who says so. Throws NOT_FOUND, also once the
 * participant's personal data was destroyed, and CONFLICT once the event is locked.
 */
export const markVisit = (
  dependencies: VisitDependencies,
  viewer: Actor,
  request: VisitRequest,
): Promise<Participant> =>
  changeVisit(dependencies, viewer, request, 'mark-visit', (tx) =>
    markParticipantVisited(tx, { ...request, markedBy: viewer.userId }),
  )

/**
 * Takes a marked visit back; changes nothing where there is none. Throws NOT_FOUND, CONFLICT once the event is
 * locked, and VISIT_CONFIRMED where a receipt of the visit was signed: the entrant may hold it.
 */
export const unmarkVisit = (
  dependencies: VisitDependencies,
  viewer: Actor,
  request: VisitRequest,
): Promise<Participant> =>
  changeVisit(dependencies, viewer, request, 'unmark-visit', (tx) => unmarkParticipantVisited(tx, request))

interface VisitChange {
  status: string | null
  found: boolean
  isConfirmed?: boolean
}

async function changeVisit(
  { db, secrets }: VisitDependencies,
  viewer: Actor,
  request: VisitRequest,
  action: AccessAction,
  change: (tx: Executor) => Promise<VisitChange>,
): Promise<Participant> {
  const event = await requireOwnEvent(db, viewer, request.eventId)
  const access = await db.transaction(async (tx) => {
    const line = await recordAccess(tx, {
      actor: viewer,
      action,
      eventId: event.id,
      subjectId: request.participantId,
      people: 1,
    })
    const { status, found, isConfirmed = false } = await change(tx)
    if (!found) throw new DomainError('NOT_FOUND')
    if (status === 'cancelled') throw new DomainError('CONFLICT', { reason: 'event-cancelled' })
    if (status !== 'published') throw new DomainError('CONFLICT', { reason: 'event-locked' })
    if (isConfirmed) throw new DomainError('VISIT_CONFIRMED')
    return line
  })
  const row = await findParticipant(db, request)
  if (!row) throw new DomainError('NOT_FOUND')
  const people = showPeople(secrets, access, [sealedPerson(row)])
  const [changed] = presentParticipants([row], people, exclusionNotes(secrets, access))
  if (!changed) throw new DomainError('NOT_FOUND')
  return changed
}
