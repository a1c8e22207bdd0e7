import type { NewParticipant } from '@eungmo/db/queries/register-participants'
import type { KeyRing, SecretKey } from '../crypto/key-ring.ts'
import { nativeEntryId } from '../crypto/native-entry-id.ts'
import { encryptPhone } from '../crypto/phone-cipher.ts'
import { phoneIndex } from '../crypto/phone-index.ts'
import { randomBytes } from '../crypto/random-bytes.ts'
import type { Registration } from './registration.ts'

/** A row for an entry: new id, application number, salt and entry id, the phone number encrypted and indexed. */
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
    entryId: nativeEntryId(eventId, applicationNumber, entrySalt, phoneNumber),
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
  entry.entryId = nativeEntryId(entry.eventId, entry.applicationNumber, entry.entrySalt, phoneNumber)
}
