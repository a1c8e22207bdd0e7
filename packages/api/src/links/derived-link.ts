import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { SecretKey } from '../crypto/key-ring.ts'
import { token } from '../validation/fields.ts'

/** What a link opens; a link of one purpose is invalid for every other one. */
export type LinkPurpose = 'claim' | 'hand-over'

/** Of the random id that names a row. */
export const LINK_ID_BYTES = 8
const MAC_BYTES = 16

/** A link's token: 24 bytes in base64url, of which every text of 32 characters stands for other ones. */
const linkToken = token(32).check(z.regex(/^[A-Za-z0-9_-]{32}$/))

function macOf(key: SecretKey, purpose: LinkPurpose, id: Uint8Array, version: number): Buffer {
  const number = Buffer.alloc(4)
  number.writeUInt32BE(version)
  const mac = createHmac('sha256', key.derive('link')).update(`${purpose}\0`).update(id).update(number)
  return mac.digest().subarray(0, MAC_BYTES)
}

/**
 * The token of a link that is stored nowhere: base64url of the id, and the first 16 bytes of an HMAC-SHA256 of
 * purpose, id and version under the event's key. Raising the version makes every earlier token invalid.
 * @param id 8 bytes
 * @param version 0 to 2^32 - 1
 */
export function signLink(key: SecretKey, purpose: LinkPurpose, id: Uint8Array, version: number): string {
  return Buffer.concat([id, macOf(key, purpose, id, version)]).toString('base64url')
}

/** The id in a token, not yet verified; null for a text that is no token. */
export function readLinkId(text: string): Buffer | null {
  const { success } = linkToken.safeParse(text)
  return success ? Buffer.from(text, 'base64url').subarray(0, LINK_ID_BYTES) : null
}

/** Whether a token is the one of this purpose and version; compares in constant time. */
export function isLink(key: SecretKey, purpose: LinkPurpose, text: string, version: number): boolean {
  const id = readLinkId(text)
  if (!id) return false
  const actual = Buffer.from(text, 'base64url').subarray(LINK_ID_BYTES)
  return timingSafeEqual(actual, macOf(key, purpose, id, version))
}
