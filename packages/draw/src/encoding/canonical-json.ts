/** A value that records, receipts and transcripts may hold: no booleans, no floats. */
export type Json = null | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Printable ASCII without the quotation mark and the backslash: nothing that JSON would escape. */
export const PLAIN_TEXT = /^[ !#-[\]-~]*$/

/**
 * JCS (RFC 8785) of the subset: keys sorted, no spaces. `undefined` properties are refused, as is everything that the
 * subset does not hold.
 * @throws {TypeError} for a boolean, a float, a negative number, or text that would need escapes
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
  throw new TypeError(`canonical JSON holds no ${typeof value} such as ${String(value)}`)
}
