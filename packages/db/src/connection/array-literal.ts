/**
 * A PostgreSQL array literal. One text parameter per column is the fastest form for prepared multi-row
 * statements, and it does not depend on the driver knowing the array's type.
 */
export function arrayLiteral(values: readonly (string | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : quote(value))).join(',')}}`
}

/** A PostgreSQL array literal of bytea. */
export function byteaArrayLiteral(values: readonly (Uint8Array | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : `"\\\\x${hex(value)}"`)).join(',')}}`
}

const unquotedText = /^[A-Za-z0-9_-]+$/

function quote(value: string): string {
  if (unquotedText.test(value) && value.toUpperCase() !== 'NULL') return value
  return `"${value.replace(/["\\]/g, '\\$&')}"`
}

/** Reading `buffer` of a small array makes the engine move it to the heap, so a Buffer is used as it is. */
function hex(bytes: Uint8Array): string {
  return (Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes)).toString('hex')
}
