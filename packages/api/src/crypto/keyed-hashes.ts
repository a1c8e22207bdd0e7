import type { SecretKey } from './key-ring.ts'

const BYTES = 16

/** Hashers that are initialised with a key: a copy costs half as much as a new one. */
const hashers = new WeakMap<SecretKey, Bun.CryptoHasher>()

/** The first 16 bytes of HMAC-SHA256 (RFC 2104) under the event's key. */
function keyedHash(key: SecretKey, label: string, eventId: string, text: string): Buffer {
  let hasher = hashers.get(key)
  if (!hasher) {
    hasher = new Bun.CryptoHasher('sha256', key.derive('index'))
    hashers.set(key, hasher)
  }
  return hasher.copy().update(`${label}\0${eventId}\0${text}`).digest().subarray(0, BYTES)
}

/**
 * 16 bytes that are the same for the same E.164 number in the same event only, and lead to the number only
 * with the key.
 */
export const phoneIndex = (key: SecretKey, eventId: string, e164: string): Buffer =>
  keyedHash(key, 'phone', eventId, e164)

/**
 * A submission id (in lower case) as it is stored, as a UUID: the same for the same id in the same event only.
 * A copy of the database therefore does not reveal an id that a request could send again.
 */
export const storedSubmissionId = (key: SecretKey, eventId: string, submissionId: string): string => {
  const hex = keyedHash(key, 'submission', eventId, submissionId).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
