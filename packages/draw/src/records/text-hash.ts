import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { toHex } from '../encoding/hex.ts'

/** SHA-256, in hex, of the UTF-8 text that entrants see; the text is stored unchanged beside its rules record. */
export function textHash(text: string): string {
  return toHex(sha256(utf8ToBytes(text)))
}
