const LOWERCASE_HEX = /^[0-9a-f]*$/

/** What ES2026 engines have. */
type NativeEncoder = { toHex?(): string }

/**
 * Bytes as lowercase hex; by the engine's own encoder where it has one.
 * @example
 * import { toHex } from '@eungmo/draw/encoding'
 *
 * toHex(Uint8Array.of(0, 255)) // => '00ff'
 */
export function toHex(bytes: Uint8Array & NativeEncoder): string {
  return bytes.toHex?.() ?? portableHex(bytes)
}

function portableHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}

/**
 * Whether a value is the lowercase hex of exactly `length` bytes.
 * @example
 * import { isHex } from '@eungmo/draw/encoding'
 *
 * isHex('00ff', 2) // => true
 * isHex('00FF', 2) // => false
 */
export function isHex(value: unknown, length: number): value is string {
  return typeof value === 'string' && value.length === 2 * length && LOWERCASE_HEX.test(value)
}

/**
 * The bytes of lowercase hex.
 * @param what the name of the value in the error
 * @throws {RangeError} unless `hex` is the lowercase hex of exactly `length` bytes
 * @example
 * import { parseHex } from '@eungmo/draw/encoding'
 *
 * parseHex('00ff', 2, 'key') // => Uint8Array.of(0, 255)
 */
export function parseHex(hex: string, length: number, what: string): Uint8Array {
  if (!isHex(hex, length)) throw new RangeError(`${what} must be ${2 * length} lowercase hex digits`)
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at++) bytes[at] = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16)
  return bytes
}
