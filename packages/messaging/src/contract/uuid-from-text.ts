import { createHash } from 'node:crypto'

/** A UUID of version 8 (RFC 9562, section 5.8) from the SHA-256 of a text: equal texts have equal UUIDs. */
export function uuidFromText(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
