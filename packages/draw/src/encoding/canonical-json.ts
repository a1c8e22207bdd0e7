/** A value that records, receipts and transcripts may hold: no booleans, no floats. */
export type Json = null | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Printable ASCII without the quotation mark and the backslash: nothing that JSON would escape. */
export const PLAIN_TEXT = /^[ !#-[\]-~]*$/

/**
 * Canonical JSON (JCS, RFC 8785) of the subset that the protocol uses: keys sorted, no spaces.
 * @throws {TypeError} for any value outside the subset: a boolean, a float, a negative number, undefined,
 * or text that would need escapes
 * @example
 * import { canonicalJson } from '@eungmo/draw/encoding'
 *
 * canonicalJson({ winners: 3, id: 'spring' }) // => '{"id":"spring","winners":3}'
 */
export function canonicalJson(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'string' && PLAIN_TEXT.test(value)) return `"${value}"`
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0)) {
    return String(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object') {
    const members = value as Record<string, unknown>
    const keys = Object.keys(members).sort()
    return `{${keys.map((key) => `${canonicalJson(key)}:${canonicalJson(members[key])}`).join(',')}}`
  }
  throw new TypeError(`canonical JSON cannot hold a ${typeof value} such as ${String(value)}`)
}
