import type { ParticipantRow } from '@eungmo/db/queries/participants'
import { exclusionReason } from '../exclusions/reasons.ts'
import type { Person, SealedPerson } from '../personal-data/read-people.ts'
import type { Participant } from './schema.ts'

/** A row as the door to personal data takes it. */
export const sealedPerson = ({ eventId, id, name, phoneNumber }: ParticipantRow): SealedPerson => ({
  eventId,
  participantId: id,
  name,
  phoneNumber,
})

/** A participant as the viewer sees them. */
function presentParticipant(
  row: ParticipantRow,
  { name, phoneNumber }: Person,
  exclusionNote: string | null,
): Participant {
  const reason = exclusionReason(row.exclusionReason)
  return {
    participantId: row.id,
    name,
    phoneNumber,
    entryPath: row.entryPath,
    applicationNumber: row.applicationNumber,
    participatedAt: row.participatedAt.toISOString(),
    visited: row.visited,
    visitMarkedBy: row.visitMarkedBy,
    visitConfirmed: row.visited && (row.visitSigned || row.visitMarkedBy === null),
    isWinner: row.isWinner,
    withdrawn: row.withdrawnAt !== null,
    exclusion: reason && {
      reason,
      at: row.excludedAt?.toISOString() ?? null,
      by: row.excludedBy,
      pasted: row.exclusionPasteId !== null,
      note: exclusionNote,
    },
  }
}

/**
 * Pairs rows with their people, as the door to personal data returned them. `noteOf` reads the note of an exclusion;
 * without it, no note is shown.
 */
export const presentParticipants = (
  rows: readonly ParticipantRow[],
  people: readonly Person[],
  noteOf: (row: ParticipantRow) => string | null = () => null,
): Participant[] =>
  rows.map((row, at) => presentParticipant(row, people[at] ?? { name: null, phoneNumber: null }, noteOf(row)))
