import type { NewParticipant } from '@eungmo/db/queries/register-participants'
import { entryId, personHash } from '@eungmo/draw/list'
import type { KeyRing, SecretKey } from '../crypto/key-ring.ts'
import { nativePrimitives } from '../crypto/native-primitives.ts'
import { encryptPhone } from '../crypto/phone-cipher.ts'
import { phoneIndex } from '../crypto/phone-index.ts'
import { randomBytes } from '../crypto/random-bytes.ts'
import type { Registration } from './registration.ts'

/**
 * A row for an entry: new id, application number, salt and entry id, the phone number encrypted and indexed.
 */
export function prepareEntry(
  keys: KeyRing,
  eventKey: SecretKey,
  registration: Registration,
  generateNumber: () => string,
): NewParticipant {
  const { eventId, phoneNumber } = registration
  const id = Bun.randomUUIDv7()
  const entrySalt = randomBytes(16)
  const applicationNumber = generateNumber()
  return {
    eventId,
    id,
    name: registration.name,
    phoneNumber: encryptPhone(keys, { eventId, participantId: id }, phoneNumber),
    phoneIndex: phoneIndex(eventKey, eventId, phoneNumber),
    entryPath: registration.entryPath,
    visitToken: registration.visitToken,
    applicationNumber,
    submissionId: registration.submissionId,
    entryId: deriveEntryId(eventId, applicationNumber, entrySalt, phoneNumber),
    entrySalt,
  }
}

/** The same entry under another application number, after the first one turned out to be taken. */
export function renumberEntry(
  entry: NewParticipant,
  phoneNumber: string,
  generateNumber: () => string,
): void {
  entry.applicationNumber = generateNumber()
  entry.entryId = deriveEntryId(entry.eventId, entry.applicationNumber, entry.entrySalt, phoneNumber)
}

/** The opaque id of an entry in the draw's list. */
function deriveEntryId(
  eventId: string,
  applicationNumber: string,
  salt: Uint8Array,
  phoneNumber: string,
): string {
  return entryId(
    eventId,
    applicationNumber,
    personHash(salt, phoneNumber, nativePrimitives),
    nativePrimitives,
  )
}
