import { openEnvelope, sealEnvelope } from '@eungmo/api/crypto/envelope'
import type { Cookies, RequestEvent } from '@sveltejs/kit'
import { z } from 'zod'
import { dependencies } from '#lib/server/process/dependencies.ts'

const doneEntry = z.object({
  applicationNumber: z.string(),
  name: z.string(),
  tickets: z.int(),
  receipt: z.string().nullable(),
  /** Milliseconds since 1970: a copied cookie opens nothing later either. */
  expiresAt: z.int(),
})

/** The entry as the done page shows it. */
export type DoneEntry = Omit<z.infer<typeof doneEntry>, 'expiresAt'>

/** Two hours: long enough to reload and return, short enough for a phone that somebody else uses next. */
export const DONE_MAX_AGE_S = 7_200

const cookieName = (eventId: string) => `eungmo_done_${eventId}`

/**
 * Stores the entry for the done page in an encrypted cookie that scripts cannot read and that is sent to this
 * event's pages only. A cookie rather than a token in the address: addresses end up in histories, screenshots
 * and chats, and would show the name and number to everyone who has them. The server stores nothing for it.
 */
export function storeDoneEntry(event: RequestEvent, eventId: string, slug: string, entry: DoneEntry): void {
  const plain = new TextEncoder().encode(
    JSON.stringify({ ...entry, expiresAt: Date.now() + DONE_MAX_AGE_S * 1000 }),
  )
  const envelope = sealEnvelope(dependencies().secrets, 'done', eventId, plain)
  event.cookies.set(cookieName(eventId), Buffer.from(envelope).toString('base64url'), {
    path: `/e/${slug}`,
    httpOnly: true,
    sameSite: 'lax',
    secure: event.url.protocol === 'https:',
    maxAge: DONE_MAX_AGE_S,
  })
}

/** The entry that this browser has just sent; null without a valid cookie. */
export function readDoneEntry(cookies: Cookies, eventId: string): DoneEntry | null {
  const cookie = cookies.get(cookieName(eventId))
  if (!cookie) return null
  try {
    const plain = openEnvelope(dependencies().secrets, 'done', eventId, Buffer.from(cookie, 'base64url'))
    const parsed = doneEntry.safeParse(JSON.parse(Buffer.from(plain).toString()))
    return parsed.success && parsed.data.expiresAt > Date.now() ? parsed.data : null
  } catch {
    // Tampered with, or encrypted with a key that was removed: like no cookie.
    return null
  }
}
