import { base64Url } from '../encoding/base64url.ts'
import { type HashOptions, shortAscii, taggedHash } from '../encoding/preimage.ts'

/** A phone number in E.164: a plus sign and 2 to 15 digits. */
const E164 = /^\+[1-9][0-9]{1,14}$/

/**
 * Commits to the person behind an entry without showing the number: H(T("person") || salt || S(phone)).
 * @param salt 16 random bytes of this entry
 * @param phone E.164, such as `+821012345678`
 * @returns 32 bytes
 * @throws {RangeError} for a salt of another length and for any other phone number
 * @example
 * import { personHash } from '@eungmo/draw/list'
 *
 * personHash(new Uint8Array(16).fill(9), '+821012345678').length // => 32
 */
export function personHash(salt: Uint8Array, phone: string, options?: HashOptions): Uint8Array {
  if (salt.length !== 16) throw new RangeError('salt must have 16 bytes')
  if (!E164.test(phone)) throw new RangeError('phone must be an E.164 number such as +821012345678')
  return taggedHash('person', [salt, phone], options)
}

/**
 * The opaque id of an entry: base64url of H(T("entry") || S(eventId) || S(applicationNumber) || person).
 * @param applicationNumber exactly as shown, hyphens included
 * @param person from {@link personHash}
 * @returns 43 characters of base64url
 * @throws {RangeError} for text that is not 1 to 64 ASCII characters, and for a person that does not have
 * 32 bytes
 * @example
 * import { entryId, personHash } from '@eungmo/draw/list'
 *
 * const person = personHash(new Uint8Array(16).fill(9), '+821012345678')
 * entryId('0190a6f0-0000-7000-8000-000000000001', 'K7M2-9QXF', person)
 * // => 'mfJnsaApbFNLHDEMucb5KHDS0qBkMuu4if52IHZRJ3w'
 */
export function entryId(
  eventId: string,
  applicationNumber: string,
  person: Uint8Array,
  options?: HashOptions,
): string {
  if (person.length !== 32) throw new RangeError('person must have 32 bytes')
  const parts = [shortAscii(eventId, 'eventId'), shortAscii(applicationNumber, 'applicationNumber'), person]
  return base64Url(taggedHash('entry', parts, options))
}
