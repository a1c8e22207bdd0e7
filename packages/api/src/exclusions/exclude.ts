import type { Executor } from '@eungmo/db/connection/client'
import { excludeParticipant, includeParticipant, passEventGate } from '@eungmo/db/queries/exclusions'
import { findParticipant } from '@eungmo/db/queries/participants'
import type { Actor } from '../context.ts'
import { sealNote } from '../crypto/personal-envelopes.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { exclusionNotePlace, exclusionNotes } from '../participants/exclusion-note.ts'
import { presentParticipants, sealedPerson } from '../participants/present-participant.ts'
import type { Participant } from '../participants/schema.ts'
import { showPeople } from '../personal-data/read-people.ts'
import { type Access, recordAccess } from '../personal-data/record-access.ts'
import { toReasonCode } from './reasons.ts'
import { requireOpenList } from './require-open-list.ts'
import type { ExcludeInput } from './schema.ts'

type ExclusionDependencies = Pick<Dependencies, 'db' | 'secrets'>

interface ParticipantOfEvent {
  eventId: string
  participantId: string
}

/** The user who is named as having excluded an entry; nobody for an API key. */
export const excludedBy = (viewer: Actor): string | null => (viewer.via === 'session' ? viewer.userId : null)

/**
 * Excludes an entry from the draw for a public reason, with a private note; an exclusion before it is replaced.
 * Throws NOT_FOUND, also once the entrant's personal data was destroyed, CONFLICT once the event is locked or
 * cancelled, and UNAVAILABLE where the access log cannot be written.
 */
export const exclude = (
  dependencies: ExclusionDependencies,
  viewer: Actor,
  { reason, note, ...of }: ExcludeInput,
): Promise<Participant> =>
  changeExclusion(dependencies, viewer, of, { action: 'exclude-participant', purpose: reason }, (tx) =>
    excludeParticipant(tx, {
      ...of,
      reason: toReasonCode(reason),
      excludedBy: excludedBy(viewer),
      note: note === undefined ? null : sealNote(dependencies.secrets, exclusionNotePlace(of), note),
    }),
  )

/** Takes an exclusion back; changes nothing where there is none. Throws as `exclude` does. */
export const undoExclusion = (
  dependencies: ExclusionDependencies,
  viewer: Actor,
  of: ParticipantOfEvent,
): Promise<Participant> =>
  changeExclusion(dependencies, viewer, of, { action: 'include-participant' }, (tx) =>
    includeParticipant(tx, of),
  )

async function changeExclusion(
  { db, secrets }: ExclusionDependencies,
  viewer: Actor,
  { eventId, participantId }: ParticipantOfEvent,
  done: Pick<Access, 'action' | 'purpose'>,
  change: (tx: Executor) => Promise<boolean>,
): Promise<Participant> {
  const event = await requireOwnEvent(db, viewer, eventId)
  const access = await db.transaction(async (tx) => {
    const status = await passEventGate(tx, { eventId: event.id })
    if (!(await findParticipant(tx, { eventId, participantId }))) throw new DomainError('NOT_FOUND')
    requireOpenList(status)
    const line = await recordAccess(tx, {
      actor: viewer,
      ...done,
      eventId: event.id,
      subjectId: participantId,
      people: 1,
    })
    if (!(await change(tx))) throw new DomainError('NOT_FOUND')
    return line
  })
  const row = await findParticipant(db, { eventId, participantId })
  if (!row) throw new DomainError('NOT_FOUND')
  const people = showPeople(secrets, access, [sealedPerson(row)])
  const [changed] = presentParticipants([row], people, exclusionNotes(secrets, access))
  if (!changed) throw new DomainError('NOT_FOUND')
  return changed
}
