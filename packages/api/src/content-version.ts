import { createHash } from 'node:crypto'

/** Identifies a text or bytes in 43 characters (SHA-256 in base64url), for an ETag or the key of a stored page. */
export const contentVersion = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('base64url')
