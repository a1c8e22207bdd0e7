import type { SecretKey } from './key-ring.ts'

/** Hashers that are initialised with a key: a copy costs half as much as a new one. */
const hashers = new WeakMap<SecretKey, Bun.CryptoHasher>()

function keyedHash(key: SecretKey, label: string, eventId: string, text: string): Buffer {
  let hasher = hashers.get(key)
  if (!hasher) {
    hasher = new Bun.CryptoHasher('sha256', key.derive('index'))
    hashers.set(key, hasher)
  }
  return hasher.copy().update(`${label}\0${eventId}\0${text}`).digest()
}

/**
 * 32 bytes that are unique per event and phone number and do not reveal the number: `phoneIndexStart`,
 * followed by 24 bytes of HMAC-SHA256 over event and E.164 number.
 */
export function phoneIndex(key: SecretKey, eventId: string, e164: string): Buffer {
  const start = phoneIndexStart(key, eventId, e164.slice(-4))
  return Buffer.concat([start, keyedHash(key, 'phone', eventId, e164).subarray(0, 24)])
}

/**
 * The first 8 bytes of the phone index of every number that ends in these four digits: HMAC-SHA256 over event
 * and digits. Serves the search by last digits.
 */
export const phoneIndexStart = (key: SecretKey, eventId: string, lastFour: string): Buffer =>
  keyedHash(key, 'tail', eventId, lastFour).subarray(0, 8)
