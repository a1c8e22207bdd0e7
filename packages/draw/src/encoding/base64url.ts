const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The ASCII code of each digit. */
const CODES = /*#__PURE__*/ Uint8Array.from(ALPHABET, (digit) => digit.charCodeAt(0))

const NO_DIGIT = 64

/** The digit of each ASCII code, or NO_DIGIT. */
const DIGITS = /*#__PURE__*/ digitsOfCodes()

/** Built into ES2026 engines. */
type NativeEncoder = { toBase64?(options: { alphabet: 'base64url'; omitPadding: true }): string }

/**
 * Bytes as base64url without padding (RFC 4648, 5), by the engine's own encoder where it has one.
 * @example
 * import { base64Url } from '@eungmo/draw/encoding'
 *
 * base64Url(Uint8Array.of(251, 255)) // => '-_8'
 */
export function base64Url(bytes: Uint8Array & NativeEncoder): string {
  return bytes.toBase64?.({ alphabet: 'base64url', omitPadding: true }) ?? portableBase64Url(bytes)
}

function portableBase64Url(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil((bytes.length * 4) / 3))
  encodeBase64Url(bytes, codes)
  let text = ''
  for (const code of codes) text += String.fromCharCode(code)
  return text
}

/** Writes bytes as base64url in ASCII codes; stops when `codes` is full. */
export function encodeBase64Url(bytes: Uint8Array, codes: Uint8Array): void {
  let at = 0
  for (let start = 0; start < bytes.length; start += 3) {
    const group = ((bytes[start] as number) << 16) | ((bytes[start + 1] ?? 0) << 8) | (bytes[start + 2] ?? 0)
    for (let shift = 18; shift >= 0 && at < codes.length; shift -= 6) {
      codes[at++] = CODES[(group >>> shift) & 63] as number
    }
  }
}

/**
 * Reads base64url in ASCII codes from `start` to `end` into `bytes`, which must have the right length.
 * Returns whether it is the only spelling of these bytes: no other characters, no spare bits.
 */
export function decodeBase64Url(codes: Uint8Array, start: number, end: number, bytes: Uint8Array): boolean {
  let group = 0
  let bits = 0
  let at = 0
  for (let place = start; place < end; place++) {
    const digit = DIGITS[codes[place] as number] as number
    if (digit === NO_DIGIT) return false
    group = ((group << 6) | digit) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (group >>> bits) & 0xff
    }
  }
  return bits < 6 && (group & ((1 << bits) - 1)) === 0
}

function digitsOfCodes(): Uint8Array {
  const digits = new Uint8Array(256).fill(NO_DIGIT)
  for (let digit = 0; digit < CODES.length; digit++) digits[CODES[digit] as number] = digit
  return digits
}
