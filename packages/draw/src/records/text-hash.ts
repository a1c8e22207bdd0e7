import { utf8ToBytes } from '@noble/hashes/utils.js'
import { toHex } from '../encoding/hex.ts'
import { portableSha256 } from '../encoding/preimage.ts'

/**
 * SHA-256, in hex, of the UTF-8 text that entrants see; store the text unchanged beside its rules record.
 * @example
 * import { textHash } from '@eungmo/draw/records'
 *
 * textHash('3 prizes').slice(0, 8) // => '23f805ca'
 */
export function textHash(text: string): string {
  return toHex(portableSha256(utf8ToBytes(text)))
}
