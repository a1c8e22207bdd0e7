import type { ParticipantRow } from '@eungmo/db/queries/participants'
import type { KeyRing } from '../crypto/key-ring.ts'
import { type DataSubject, openName, openPhone } from '../crypto/personal-envelopes.ts'
import { displayPhone } from '../validation/phone.ts'
import type { Participant } from './schema.ts'

/** A participant as owner and staff see them, the number in the Korean way. */
export function presentParticipant(keys: KeyRing, row: ParticipantRow): Participant {
  const subject = { eventId: row.eventId, participantId: row.id }
  return {
    participantId: row.id,
    name: row.name && openName(keys, subject, row.name),
    phoneNumber: presentPhone(keys, subject, row.phoneNumber),
    entryPath: row.entryPath,
    applicationNumber: row.applicationNumber,
    participatedAt: row.participatedAt.toISOString(),
    visited: row.visited,
    visitMarkedBy: row.visitMarkedBy,
    isWinner: row.isWinner,
  }
}

/** The number of an envelope in the Korean way; null once personal data was destroyed. */
export const presentPhone = (keys: KeyRing, subject: DataSubject, envelope: Uint8Array | null) =>
  envelope && displayPhone(openPhone(keys, subject, envelope).e164)
