import { PLAIN_TEXT } from './canonical-json.ts'
import { isHex } from './hex.ts'

/** A value with the wrong shape; the message begins with the path of the value. */
export class ShapeError extends TypeError {
  override readonly name = 'ShapeError'
}

/** Checks the value found at `path`. @throws {ShapeError} unless it has the right shape */
export type Check = (value: unknown, path: string) => void

/** An entry id: 1 to 64 of `[A-Za-z0-9_.@+:-]`. */
export const ENTRY_ID = /^[A-Za-z0-9_.@+:-]{1,64}$/
const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/

/** An object with exactly these keys. */
export function object(checks: Readonly<Record<string, Check>>): Check {
  const entries = Object.entries(checks)
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(path, 'an object', value)
    const members = value as Record<string, unknown>
    for (const key of Object.keys(members)) {
      if (!Object.hasOwn(checks, key)) throw new ShapeError(`${path}: unknown key: ${key}`)
    }
    for (const [key, check] of entries) {
      if (!Object.hasOwn(members, key)) throw new ShapeError(`${path}: missing key: ${key}`)
      check(members[key], `${path}.${key}`)
    }
  }
}

/** An array whose items pass a check. */
export function arrayOf(check: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) fail(path, 'an array', value)
    const items = value as unknown[]
    for (let at = 0; at < items.length; at++) check(items[at], `${path}[${at}]`)
  }
}

/** An integer from `min` to `max`. */
export function integer(min: number, max: number = Number.MAX_SAFE_INTEGER): Check {
  return (value, path) => {
    if (
      !Number.isSafeInteger(value) ||
      Object.is(value, -0) ||
      (value as number) < min ||
      (value as number) > max
    ) {
      fail(path, `an integer from ${min} to ${max === Number.MAX_SAFE_INTEGER ? '2^53 - 1' : max}`, value)
    }
  }
}

/** An integer of at least `min`, or this one text. */
export function integerOr(text: string, min: number): Check {
  const check = integer(min)
  return (value, path) => {
    if (value !== text) check(value, path)
  }
}

/** Lowercase hex of a number of bytes. */
export function hex(bytes: number): Check {
  return (value, path) => {
    if (!isHex(value, bytes)) fail(path, `${2 * bytes} lowercase hex digits`, value)
  }
}

/** One of these texts. */
export function oneOf(...texts: readonly string[]): Check {
  return (value, path) => {
    if (!texts.includes(value as string)) fail(path, texts.map((text) => `"${text}"`).join(' or '), value)
  }
}

/** 1 to 64 printable ASCII characters without `"` and `\`. */
export const shortText: Check = (value, path) => {
  if (typeof value !== 'string' || value.length < 1 || value.length > 64 || !PLAIN_TEXT.test(value)) {
    fail(path, '1 to 64 plain ASCII characters', value)
  }
}

/** An entry id: 1 to 64 of `[A-Za-z0-9_.@+:-]`. */
export const idText: Check = (value, path) => {
  if (typeof value !== 'string' || !ENTRY_ID.test(value)) fail(path, 'an entry id', value)
}

/** A time in the calendar of the years 0001 to 9999, as `YYYY-MM-DDTHH:MM:SS.sssZ`. */
export const instant: Check = (value, path) => {
  if (typeof value !== 'string' || !INSTANT.test(value) || !isTime(value)) {
    fail(path, 'a time such as 2026-01-31T09:00:00.000Z', value)
  }
}

/** null, or a value that passes another check. */
export function nullOr(check: Check): Check {
  return (value, path) => {
    if (value !== null) check(value, path)
  }
}

function isTime(text: string): boolean {
  const ms = Date.parse(text)
  return Number.isFinite(ms) && new Date(ms).toISOString() === text && text >= '0001'
}

function fail(path: string, expected: string, value: unknown): never {
  const found =
    typeof value === 'string' ? `"${value.slice(0, 80)}"` : Array.isArray(value) ? 'an array' : `${value}`
  throw new ShapeError(`${path} must be ${expected}, got ${found}`)
}
