import { sha256 } from './sha256.ts'

/** The protocol's name and version: the start of every hash's preimage and the `v` of every record. */
export const PROTOCOL = 'eungmo-draw/1'

const SPACE = 0x20
const ASCII = /^[\0-\x7f]*$/

/**
 * SHA-256 of bytes. Bun's and Node's native functions are about four times as fast as the portable default.
 */
export type Sha256 = (data: Uint8Array) => Uint8Array

/** Where a function hashes with a SHA-256 of the caller's choice. */
export interface HashOptions {
  /** Defaults to {@link portableSha256}. */
  readonly sha256?: Sha256
}

/**
 * SHA-256 in portable JavaScript, the same on every engine.
 * @example
 * import { portableSha256, toHex } from '@eungmo/draw/encoding'
 *
 * toHex(portableSha256(new Uint8Array(0))).slice(0, 8) // => 'e3b0c442'
 */
export const portableSha256: Sha256 = sha256

/**
 * A part of a preimage: bytes as they are, or text as S(x) of SPEC.md, a byte of length and then its ASCII
 * bytes.
 */
export type PreimagePart = Uint8Array | string

/**
 * T(tag) and the parts: `eungmo-draw/1 ` + tag in ASCII, a zero byte, then the parts.
 * @param parts texts must have passed {@link shortAscii}
 */
export function taggedBytes(tag: string, parts: readonly PreimagePart[]): Uint8Array {
  let at = PROTOCOL.length + tag.length + 2
  let length = at
  for (const part of parts) length += part.length + (typeof part === 'string' ? 1 : 0)
  const bytes = new Uint8Array(length)
  writeAscii(PROTOCOL, bytes, 0)
  bytes[PROTOCOL.length] = SPACE
  writeAscii(tag, bytes, PROTOCOL.length + 1)
  for (const part of parts) {
    if (typeof part === 'string') {
      bytes[at++] = part.length
      writeAscii(part, bytes, at)
    } else {
      bytes.set(part, at)
    }
    at += part.length
  }
  return bytes
}

/** SHA-256 of {@link taggedBytes}. */
export function taggedHash(
  tag: string,
  parts: readonly PreimagePart[],
  { sha256: hash = portableSha256 }: HashOptions = {},
): Uint8Array {
  return hash(taggedBytes(tag, parts))
}

/** The text itself, for S(x). @throws {RangeError} naming `what`, unless it is 1 to 64 ASCII characters. */
export function shortAscii(text: string, what: string): string {
  if (text.length < 1 || text.length > 64) throw new RangeError(`${what} must have 1 to 64 characters`)
  if (!ASCII.test(text)) throw new RangeError(`${what} must be ASCII`)
  return text
}

/** A u32, big-endian. */
export function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

/** A u64, big-endian, of an integer from 0 to 2^53 - 1. */
export function u64(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}

/** The bytes of ASCII text. @throws {RangeError} for any other character. */
export function asciiBytes(text: string): Uint8Array {
  if (!ASCII.test(text)) throw new RangeError('text must be ASCII')
  const bytes = new Uint8Array(text.length)
  writeAscii(text, bytes, 0)
  return bytes
}

/** A loop, because a TextEncoder is slower for texts as short as these. */
function writeAscii(text: string, bytes: Uint8Array, at: number): void {
  for (let place = 0; place < text.length; place++) bytes[at + place] = text.charCodeAt(place)
}
