/**
 * Postgres array literals. One text parameter a column is what prepared multi-row statements are fastest with, and it does not depend
 * on the driver knowing the array's type.
 */
export function arrayLiteral(values: readonly (string | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : quote(value))).join(',')}}`
}

/** An array literal of bytea. */
export function byteaArrayLiteral(values: readonly Uint8Array[]): string {
  return `{${values.map((value) => `"\\\\x${hex(value)}"`).join(',')}}`
}

const plain = /^[A-Za-z0-9_-]+$/
const quote = (value: string) =>
  plain.test(value) && value.toUpperCase() !== 'NULL' ? value : `"${value.replace(/["\\]/g, '\\$&')}"`
/** Asking a small array for its buffer makes the engine move it: what is a Buffer already stays as it is. */
const hex = (bytes: Uint8Array) => (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes)).toString('hex')
