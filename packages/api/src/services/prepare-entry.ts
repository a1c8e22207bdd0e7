import { randomFillSync } from 'node:crypto'
import type { NewParticipant } from '@eungmo/db/queries/register-participants'
import { entryId, personHash } from '@eungmo/draw/entry-id'
import type { KeyRing, SecretKey } from '../secrets/key-ring.ts'
import { encryptPhone } from '../secrets/phone-cipher.ts'
import { phoneIndex, phoneTailIndex } from '../secrets/phone-index.ts'
import type { Registration } from './registrar.ts'

/** A row for an entry: new id, application number, salt and entry id, the phone number encrypted and indexed. */
export function prepareEntry(
  keys: KeyRing,
  eventKey: SecretKey,
  registration: Registration,
  makeNumber: () => string,
): NewParticipant {
  const { eventId, phoneNumber } = registration
  const id = Bun.randomUUIDv7()
  const entrySalt = randomFillSync(new Uint8Array(16))
  const applicationNumber = makeNumber()
  return {
    eventId,
    id,
    name: registration.name,
    phoneNumber: encryptPhone(keys, { eventId, participantId: id }, phoneNumber),
    phoneIndex: phoneIndex(eventKey, eventId, phoneNumber),
    phoneTailIndex: phoneTailIndex(eventKey, eventId, phoneNumber.slice(-4)),
    entryPath: registration.entryPath,
    visitToken: registration.visitToken,
    applicationNumber,
    submissionId: registration.submissionId,
    entryId: entryId(eventId, applicationNumber, personHash(entrySalt, phoneNumber)),
    entrySalt,
  }
}

/** The same entry under another application number, after the first one was taken already. */
export function renumberEntry(entry: NewParticipant, phoneNumber: string, makeNumber: () => string): void {
  entry.applicationNumber = makeNumber()
  entry.entryId = entryId(entry.eventId, entry.applicationNumber, personHash(entry.entrySalt, phoneNumber))
}
