import { createHash } from 'node:crypto'
import type { Sha256 } from '../encoding/preimage.ts'

/** The platform's own SHA-256, for long lists. */
export const nativeSha256: Sha256 = (data) => createHash('sha256').update(data).digest()
