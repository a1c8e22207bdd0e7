import type { ParticipantRow } from '@eungmo/db/queries/participants'
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
function presentParticipant(row: ParticipantRow, { name, phoneNumber }: Person): Participant {
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
  }
}

/** Pairs rows with their people, as the door to personal data returned them. */
export const presentParticipants = (
  rows: readonly ParticipantRow[],
  people: readonly Person[],
): Participant[] =>
  rows.map((row, at) => presentParticipant(row, people[at] ?? { name: null, phoneNumber: null }))
