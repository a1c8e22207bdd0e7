import { openEnvelope } from './envelope.ts'
import type { KeyRing } from './key-ring.ts'
import {
  type ClaimPlace,
  contextOf,
  contextOfClaim,
  contextOfNote,
  type DataSubject,
  type NotePlace,
  SALT_BYTES,
  type SaltedPhone,
} from './personal-envelopes.ts'

/** The text in front of the zero bytes that pad it. */
function textOf(padded: Buffer, from = 0): string {
  const end = padded.indexOf(0, from)
  return padded.toString('utf8', from, end < 0 ? padded.length : end)
}

/**
 * The salt and E.164 number of a participant's row.
 * @throws {Error} as `openEnvelope` does
 */
export function openPhone(keys: KeyRing, subject: DataSubject, envelope: Uint8Array): SaltedPhone {
  const plain = openEnvelope(keys, 'phone', contextOf(subject), envelope)
  return { salt: plain.subarray(0, SALT_BYTES), e164: textOf(plain, SALT_BYTES) }
}

/**
 * The name of a participant's row.
 * @throws {Error} as `openEnvelope` does
 */
export const openName = (keys: KeyRing, subject: DataSubject, envelope: Uint8Array): string =>
  textOf(openEnvelope(keys, 'name', contextOf(subject), envelope))

/**
 * The note of a row and column.
 * @throws {Error} as `openEnvelope` does
 */
export const openNote = (keys: KeyRing, place: NotePlace, envelope: Uint8Array): string =>
  textOf(openEnvelope(keys, 'note', contextOfNote(place), envelope))

/**
 * What a winner entered on the claim page, as JSON.
 * @throws {Error} as `openEnvelope` does
 */
export const openClaim = (keys: KeyRing, place: ClaimPlace, envelope: Uint8Array): string =>
  textOf(openEnvelope(keys, 'claim', contextOfClaim(place), envelope))
