import { hash } from 'node:crypto'

const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer')
const personTag = Buffer.from('eungmo-draw/1 person\0', 'latin1')
const entryTag = Buffer.from('eungmo-draw/1 entry\0', 'latin1')
const sized = (text: string) => Buffer.from(String.fromCharCode(text.length) + text, 'latin1')

/**
 * The opaque id of an entry as @eungmo/draw/entry-id makes it, and to the same bytes, with the platform's own SHA-256: each entry needs one,
 * and the portable way takes a third of the time of preparing it.
 * @param salt 16 random bytes
 * @param phoneNumber E.164
 */
export function nativeEntryId(
  eventId: string,
  applicationNumber: string,
  salt: Uint8Array,
  phoneNumber: string,
): string {
  const person = sha256(Buffer.concat([personTag, salt, sized(phoneNumber)]))
  return sha256(Buffer.concat([entryTag, sized(eventId), sized(applicationNumber), person])).toString(
    'base64url',
  )
}
