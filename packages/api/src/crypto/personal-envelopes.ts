import { openEnvelope, sealEnvelope } from './envelope.ts'
import type { KeyRing } from './key-ring.ts'

/** Whose data it is: an envelope opens only with this participant. */
export interface DataSubject {
  eventId: string
  participantId: string
}

/** A phone number and the random bytes that hide it in the entry's id. */
export interface SaltedPhone {
  /** 16 bytes. */
  salt: Uint8Array
  e164: string
}

const SALT_BYTES = 16
const PHONE_UNIT = 16
const NAME_UNIT = 32
const NOTE_UNIT = 64

const contextOf = ({ eventId, participantId }: DataSubject) => `${eventId}/${participantId}`

/** Zero bytes up to a multiple of `unit`, at least one: the length of an envelope tells little or nothing. */
function pad(bytes: Uint8Array, unit: number): Uint8Array {
  const padded = new Uint8Array(Math.max(1, Math.ceil(bytes.length / unit)) * unit)
  padded.set(bytes)
  return padded
}

function unpad(padded: Uint8Array): Uint8Array {
  const end = padded.indexOf(0)
  return end < 0 ? padded : padded.subarray(0, end)
}

const textOf = (padded: Uint8Array) => Buffer.from(unpad(padded)).toString()

/** Encrypts a salt of 16 bytes and an E.164 number for the row of their participant. */
export function sealPhone(keys: KeyRing, subject: DataSubject, { salt, e164 }: SaltedPhone): Uint8Array {
  const plain = Buffer.concat([salt, pad(Buffer.from(e164, 'latin1'), PHONE_UNIT)])
  return sealEnvelope(keys, 'phone', contextOf(subject), plain)
}

/**
 * The salt and E.164 number of a participant's row.
 * @throws {Error} as `openEnvelope` does
 */
export function openPhone(keys: KeyRing, subject: DataSubject, envelope: Uint8Array): SaltedPhone {
  const plain = openEnvelope(keys, 'phone', contextOf(subject), envelope)
  return { salt: plain.subarray(0, SALT_BYTES), e164: textOf(plain.subarray(SALT_BYTES)) }
}

/** Encrypts a name in NFC for the row of its participant. */
export const sealName = (keys: KeyRing, subject: DataSubject, name: string): Uint8Array =>
  sealEnvelope(keys, 'name', contextOf(subject), pad(Buffer.from(name), NAME_UNIT))

/**
 * The name of a participant's row.
 * @throws {Error} as `openEnvelope` does
 */
export const openName = (keys: KeyRing, subject: DataSubject, envelope: Uint8Array): string =>
  textOf(openEnvelope(keys, 'name', contextOf(subject), envelope))

/** Where a note is stored: the row's primary key, and the column. */
export interface NotePlace {
  primaryKey: readonly (string | number)[]
  column: string
}

const contextOfNote = ({ primaryKey, column }: NotePlace) => [...primaryKey, column].join('/')

/** Encrypts an owner's note, into which names and numbers are written, for its row and column. */
export const sealNote = (keys: KeyRing, place: NotePlace, note: string): Uint8Array =>
  sealEnvelope(keys, 'note', contextOfNote(place), pad(Buffer.from(note), NOTE_UNIT))

/**
 * The note of a row and column.
 * @throws {Error} as `openEnvelope` does
 */
export const openNote = (keys: KeyRing, place: NotePlace, envelope: Uint8Array): string =>
  textOf(openEnvelope(keys, 'note', contextOfNote(place), envelope))
