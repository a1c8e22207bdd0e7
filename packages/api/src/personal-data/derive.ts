import { timingSafeEqual } from 'node:crypto'
import { personHash } from '@eungmo/draw/list'
import type { KeyRing } from '../crypto/key-ring.ts'
import { nativePrimitives } from '../crypto/native-primitives.ts'
import { openName, openPhone } from '../crypto/open-personal-envelopes.ts'
import type { DataSubject } from '../crypto/personal-envelopes.ts'
import { maskName } from '../validation/mask-name.ts'

/**
 * What follows from sealed data and shows no phone number and no whole name, so that it needs no line in the
 * access log. All throw as `openEnvelope` does.
 */

/** The hash of salt and phone number that opens an entry, 32 bytes. */
export function personOf(keys: KeyRing, subject: DataSubject, phoneNumber: Uint8Array): Uint8Array {
  const { salt, e164 } = openPhone(keys, subject, phoneNumber)
  return personHash(salt, e164, nativePrimitives)
}

/** The salt of an entry, for the entrant, who knows the number. */
export const saltOf = (keys: KeyRing, subject: DataSubject, phoneNumber: Uint8Array): Uint8Array =>
  openPhone(keys, subject, phoneNumber).salt

/** A name as the public sees it; null once personal data was destroyed. */
export const publicName = (keys: KeyRing, subject: DataSubject, name: Uint8Array | null): string | null =>
  name && maskName(openName(keys, subject, name))

/** Throws where the keys do not open the envelope. */
export function requireOpens(keys: KeyRing, subject: DataSubject, phoneNumber: Uint8Array): void {
  openPhone(keys, subject, phoneNumber)
}

/**
 * The whole number of a sealed phone, as what an attempt is about: `takeAttempt` hashes it, and nothing else may be
 * done with it.
 */
export const attemptSubject = (keys: KeyRing, subject: DataSubject, phoneNumber: Uint8Array): string =>
  `phone\0${openPhone(keys, subject, phoneNumber).e164}`

const LAST_DIGITS = 4

/** Whether these are the last four digits of a phone number, which stays sealed; compares in constant time. */
export function hasLastDigits(
  keys: KeyRing,
  subject: DataSubject,
  phoneNumber: Uint8Array,
  digits: string,
): boolean {
  const actual = Buffer.from(openPhone(keys, subject, phoneNumber).e164.slice(-LAST_DIGITS))
  const tried = Buffer.from(digits)
  return tried.length === actual.length && timingSafeEqual(tried, actual)
}
