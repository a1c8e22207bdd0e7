import type { ParticipantRow } from '@eungmo/db/queries/participants'
import type { KeyRing } from '../crypto/key-ring.ts'
import { decryptPhone } from '../crypto/phone-cipher.ts'
import { displayPhone } from '../validation/phone.ts'
import type { Participant } from './schema.ts'

/** A participant as owner and staff see them, the number in the Korean way. */
export function presentParticipant(keys: KeyRing, row: ParticipantRow): Participant {
  return {
    participantId: row.id,
    name: row.name,
    phoneNumber:
      row.phoneNumber &&
      displayPhone(decryptPhone(keys, { eventId: row.eventId, participantId: row.id }, row.phoneNumber)),
    entryPath: row.entryPath,
    applicationNumber: row.applicationNumber,
    participatedAt: row.participatedAt.toISOString(),
    visited: row.visited,
    visitMarkedBy: row.visitMarkedBy,
    isWinner: row.isWinner,
  }
}
