import { createHash } from 'node:crypto'
import type { Sha256 } from '../encoding/preimage.ts'

/** The SHA-256 of Node or Bun, for long lists. */
export const nativeSha256: Sha256 = (data) => createHash('sha256').update(data).digest()
