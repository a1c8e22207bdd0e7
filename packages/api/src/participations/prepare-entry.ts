import type { NewParticipant } from '@eungmo/db/queries/register-participants'
import { entryId, personHash } from '@eungmo/draw/list'
import type { KeyRing, SecretKey } from '../crypto/key-ring.ts'
import { phoneIndex, storedSubmissionId } from '../crypto/keyed-hashes.ts'
import { nativePrimitives } from '../crypto/native-primitives.ts'
import { sealName, sealPhone } from '../crypto/personal-envelopes.ts'
import { randomBytes } from '../crypto/random-bytes.ts'
import type { Registration } from './registration.ts'

const SALT_BYTES = 16

/** A row, and what its entry id and receipt are derived from. */
export interface PreparedEntry {
  row: NewParticipant
  /** The hash of salt and phone number. */
  person: Uint8Array
}

/**
 * A row for an entry: new id, application number, salt and entry id; name and phone number encrypted, the
 * phone number indexed.
 */
export function prepareEntry(
  keys: KeyRing,
  eventKey: SecretKey,
  registration: Registration,
  generateNumber: () => string,
): PreparedEntry {
  const { eventId, name, phoneNumber: e164, entryPath, visitToken, submissionId } = registration
  const { consentVersion, marketingVersion = null, idTime } = registration
  const id = idTime ? Bun.randomUUIDv7('hex', idTime) : Bun.randomUUIDv7()
  const subject = { eventId, participantId: id }
  const salt = randomBytes(SALT_BYTES)
  const person = personHash(salt, e164, nativePrimitives)
  const applicationNumber = generateNumber()
  const row = {
    eventId,
    id,
    name: sealName(keys, subject, name),
    phoneNumber: sealPhone(keys, subject, { salt, e164 }),
    phoneIndex: phoneIndex(eventKey, eventId, e164),
    entryPath,
    visitToken,
    applicationNumber,
    submissionId: submissionId === null ? null : storedSubmissionId(eventKey, eventId, submissionId),
    entryId: entryId(eventId, applicationNumber, person, nativePrimitives),
    consentVersion,
    marketingVersion,
  }
  return { row, person }
}

/** Gives the entry another application number, after the first one turned out to be taken. */
export function renumberEntry({ row, person }: PreparedEntry, generateNumber: () => string): void {
  row.applicationNumber = generateNumber()
  row.entryId = entryId(row.eventId, row.applicationNumber, person, nativePrimitives)
}
