import { sealEnvelope } from './envelope.ts'
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

/** Of the salt in front of a phone number. */
export const SALT_BYTES = 16
const PHONE_UNIT = 16
const NAME_UNIT = 32
const NOTE_UNIT = 64
const CLAIM_UNIT = 256

/** What an envelope of a participant's row is bound to. */
export const contextOf = ({ eventId, participantId }: DataSubject) => `${eventId}/${participantId}`

/** Zero bytes up to a multiple of `unit`, at least one: the length of an envelope tells little or nothing. */
function pad(bytes: Uint8Array, unit: number): Uint8Array {
  const padded = new Uint8Array(Math.max(1, Math.ceil(bytes.length / unit)) * unit)
  padded.set(bytes)
  return padded
}

/** Encrypts a salt of 16 bytes and an E.164 number for the row of their participant. */
export function sealPhone(keys: KeyRing, subject: DataSubject, { salt, e164 }: SaltedPhone): Uint8Array {
  const plain = Buffer.concat([salt, pad(Buffer.from(e164, 'latin1'), PHONE_UNIT)])
  return sealEnvelope(keys, 'phone', contextOf(subject), plain)
}

/** Encrypts a name in NFC for the row of its participant. */
export const sealName = (keys: KeyRing, subject: DataSubject, name: string): Uint8Array =>
  sealEnvelope(keys, 'name', contextOf(subject), pad(Buffer.from(name), NAME_UNIT))

/** Where a note is stored: the row's primary key, and the column. */
export interface NotePlace {
  primaryKey: readonly (string | number)[]
  column: string
}

/** What the envelope of a note is bound to. */
export const contextOfNote = ({ primaryKey, column }: NotePlace) => [...primaryKey, column].join('/')

/** Encrypts an owner's note, into which names and numbers are written, for its row and column. */
export const sealNote = (keys: KeyRing, place: NotePlace, note: string): Uint8Array =>
  sealEnvelope(keys, 'note', contextOfNote(place), pad(Buffer.from(note), NOTE_UNIT))

/** Whose claim it is: the row's primary key. */
export interface ClaimPlace {
  drawLogId: string
  drawRank: number
}

/** What the envelope of a claim is bound to. */
export const contextOfClaim = ({ drawLogId, drawRank }: ClaimPlace) => `${drawLogId}/${drawRank}`

/** Encrypts what a winner entered on the claim page, as JSON, for its row. */
export const sealClaim = (keys: KeyRing, place: ClaimPlace, json: string): Uint8Array =>
  sealEnvelope(keys, 'claim', contextOfClaim(place), pad(Buffer.from(json), CLAIM_UNIT))
