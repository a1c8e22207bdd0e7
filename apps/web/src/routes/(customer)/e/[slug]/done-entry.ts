import { openEnvelope, sealEnvelope } from '@eungmo/api/crypto/envelope'
import type { Cookies, RequestEvent } from '@sveltejs/kit'
import { z } from 'zod'
import { dependencies } from '#lib/server/process/dependencies.ts'

const doneEntry = z.object({
  applicationNumber: z.string(),
  name: z.string(),
  tickets: z.int(),
  receipt: z.string().nullable(),
})

/** What the done page shows of an entry just made. */
export type DoneEntry = z.infer<typeof doneEntry>

/** Two hours: long enough for reloads and for coming back, short enough for a phone that is handed on. */
const maxAge = 7200

const cookieName = (eventId: string) => `eungmo_done_${eventId}`

/**
 * Keeps the entry for the done page in an encrypted cookie that scripts cannot read and that is sent to this event's pages
 * only. A cookie, not a capability in the address: an address ends up in histories, screenshots and chats, and whoever has
 * it would see the name and number; and nothing has to be stored or looked up for it.
 */
export function keepDoneEntry(event: RequestEvent, eventId: string, slug: string, entry: DoneEntry): void {
  const plain = new TextEncoder().encode(JSON.stringify(entry))
  const box = sealEnvelope(dependencies().secrets, 'sessions', `done ${eventId}`, plain)
  event.cookies.set(cookieName(eventId), Buffer.from(box).toString('base64url'), {
    path: `/e/${slug}`,
    httpOnly: true,
    sameSite: 'lax',
    secure: event.url.protocol === 'https:',
    maxAge,
  })
}

/** Whether this browser has just entered the event. */
export function hasDoneEntry(cookies: Cookies, eventId: string): boolean {
  return readDoneEntry(cookies, eventId) !== null
}

/** The entry that this browser has just made; null where there is none, or its cookie is not ours. */
export function readDoneEntry(cookies: Cookies, eventId: string): DoneEntry | null {
  const cookie = cookies.get(cookieName(eventId))
  if (!cookie) return null
  try {
    const plain = openEnvelope(
      dependencies().secrets,
      'sessions',
      `done ${eventId}`,
      Buffer.from(cookie, 'base64url'),
    )
    const parsed = doneEntry.safeParse(JSON.parse(Buffer.from(plain).toString()))
    return parsed.success ? parsed.data : null
  } catch {
    // Tampered with, or made with a key that is gone: as good as none.
    return null
  }
}
