import { createHash } from 'node:crypto'

/** Identifies a text in 43 characters (SHA-256 in base64url), for an ETag or the key of a stored page. */
export const contentVersion = (text: string): string => createHash('sha256').update(text).digest('base64url')
