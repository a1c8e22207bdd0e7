import { sha256 } from '@noble/hashes/sha2.js'

/** The protocol's name and version: the start of every hash's preimage and the `v` of every record. */
export const PROTOCOL = 'eungmo-draw/1'

/** A hash function: SHA-256 of bytes. Bun's and Node's native ones are about ten times as fast as the default. */
export type Sha256 = (data: Uint8Array) => Uint8Array

/** SHA-256 in portable JavaScript (@noble/hashes), the same on every engine. */
export const portableSha256: Sha256 = sha256

/** T(tag) and the parts: `eungmo-draw/1 ` + tag in ASCII, a zero byte, then the parts as they are. */
export function tagged(tag: string, ...parts: readonly Uint8Array[]): Uint8Array {
  return joined([asciiBytes(`${PROTOCOL} ${tag}`), Uint8Array.of(0), ...parts])
}

/** SHA-256 of {@link tagged}. */
export function taggedHash(tag: string, ...parts: readonly Uint8Array[]): Uint8Array {
  return sha256(tagged(tag, ...parts))
}

/** S(x): one byte of length, then 1 to 64 ASCII bytes. @throws {RangeError} for any other text, naming `what`. */
export function sized(text: string, what: string): Uint8Array {
  if (text.length < 1 || text.length > 64) throw new RangeError(`${what} must have 1 to 64 characters`)
  return joined([Uint8Array.of(text.length), asciiBytes(text, what)])
}

/** A u32, big-endian. */
export function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

/** A u64, big-endian, of an integer from 0 to 2^53 - 1. */
export function u64(value: number): Uint8Array {
  return joined([u32(Math.floor(value / 2 ** 32)), u32(value % 2 ** 32)])
}

/** The bytes of ASCII text. @throws {RangeError} for any other character. */
export function asciiBytes(text: string, what = 'text'): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0x7f) throw new RangeError(`${what} must be ASCII`)
    bytes[at] = code
  }
  return bytes
}

/** Byte arrays, one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
