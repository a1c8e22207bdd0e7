import type { SecretKey } from './key-ring.ts'

/** A hasher that has taken in its key: a copy of it costs half of what a new one does. */
const hashers = new WeakMap<SecretKey, Bun.CryptoHasher>()

function keyed(key: SecretKey, label: string, eventId: string, text: string): Buffer {
  let hasher = hashers.get(key)
  if (!hasher) {
    hasher = new Bun.CryptoHasher('sha256', key.derive('index'))
    hashers.set(key, hasher)
  }
  return hasher.copy().update(`${label}\0${eventId}\0${text}`).digest()
}

/**
 * Carries "one number, one entry an event" without the number, 32 bytes: where a search by the last four digits starts, then 24 bytes of
 * HMAC-SHA256 over event and E.164 number.
 */
export function phoneIndex(key: SecretKey, eventId: string, e164: string): Buffer {
  const start = phoneIndexStart(key, eventId, e164.slice(-4))
  return Buffer.concat([start, keyed(key, 'phone', eventId, e164).subarray(0, 24)])
}

/** How the phone index of every number begins that ends in these four digits: 8 bytes of HMAC-SHA256 over event and digits. */
export const phoneIndexStart = (key: SecretKey, eventId: string, lastFour: string): Buffer =>
  keyed(key, 'tail', eventId, lastFour).subarray(0, 8)
