import { openEnvelope, sealEnvelope } from '@eungmo/api/crypto/envelope'
import type { KeyRing } from '@eungmo/api/crypto/key-ring'
import { z } from 'zod'

const sealedEntry = z.object({
  applicationNumber: z.string(),
  name: z.string(),
  tickets: z.int(),
  receipt: z.string().nullable(),
  /** Milliseconds since 1970: a copied cookie opens nothing later either. */
  expiresAt: z.int(),
})

/** The entry as the done page shows it. */
export type DoneEntry = Omit<z.infer<typeof sealedEntry>, 'expiresAt'>

/** Two hours: long enough to reload and return, short enough for a phone that somebody else uses next. */
export const DONE_MAX_AGE_S = 7_200

/** Encrypts an entry for the done page of its event, until DONE_MAX_AGE_S after `now`. */
export function sealDoneEntry(keys: KeyRing, eventId: string, entry: DoneEntry, now: number): string {
  const plain = new TextEncoder().encode(JSON.stringify({ ...entry, expiresAt: now + DONE_MAX_AGE_S * 1000 }))
  return Buffer.from(sealEnvelope(keys, 'done', eventId, plain)).toString('base64url')
}

/** The entry in a sealed text; null when it has expired, was changed or belongs to another event. */
export function openDoneEntry(keys: KeyRing, eventId: string, sealed: string, now: number): DoneEntry | null {
  try {
    const plain = openEnvelope(keys, 'done', eventId, Buffer.from(sealed, 'base64url'))
    const parsed = sealedEntry.safeParse(JSON.parse(Buffer.from(plain).toString()))
    return parsed.success && parsed.data.expiresAt > now ? parsed.data : null
  } catch {
    // Tampered with, or encrypted with a key that was removed: like no cookie.
    return null
  }
}
