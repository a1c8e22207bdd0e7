import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { toHex } from '../encoding/hex.ts'

/**
 * SHA-256, in hex, of the UTF-8 text that entrants see; store the text unchanged beside its rules record.
 * @example
 * import { textHash } from '@eungmo/draw/records'
 *
 * textHash('3 prizes').slice(0, 8) // => '23f805ca'
 */
export function textHash(text: string): string {
  return toHex(sha256(utf8ToBytes(text)))
}
