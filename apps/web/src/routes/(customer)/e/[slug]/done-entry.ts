import { parseSignedReceipt } from '@eungmo/draw/receipts'
import type { Cookies } from '@sveltejs/kit'
import { dependencies } from '#lib/server/process/dependencies.ts'
import { DONE_MAX_AGE_S, type DoneEntry, openDoneEntry, sealDoneEntry } from './done-envelope.ts'
import { enteredCookieName } from './entered-cookie.ts'

const cookieName = (eventId: string) => `eungmo_done_${eventId}`

/**
 * Stores the entry for the done page in an encrypted cookie that scripts cannot read and that is sent to this
 * event's pages only. A cookie rather than a token in the address: addresses end up in histories, screenshots
 * and chats, and would show the name and number to everyone who has them. The server stores nothing for it.
 */
export function storeDoneEntry(
  cookies: Pick<Cookies, 'set'>,
  { eventId, slug, url, entry }: { eventId: string; slug: string; url: URL; entry: DoneEntry },
): void {
  const sealed = sealDoneEntry(dependencies().secrets, eventId, entry, Date.now())
  cookies.set(cookieName(eventId), sealed, {
    path: `/e/${slug}`,
    httpOnly: true,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
    maxAge: DONE_MAX_AGE_S,
  })
}

/** The entry that this browser has just sent; null without a valid cookie. */
export function readDoneEntry(cookies: Cookies, eventId: string): DoneEntry | null {
  const cookie = cookies.get(cookieName(eventId))
  return cookie ? openDoneEntry(dependencies().secrets, eventId, cookie, Date.now()) : null
}

/** Deletes what this browser's cookies say about an entry that was withdrawn; another entry's stay. */
export function forgetEntry(
  cookies: Cookies,
  { eventId, slug, entryId }: { eventId: string; slug: string; entryId: string },
): void {
  const receipt = readDoneEntry(cookies, eventId)?.receipt
  if (!receipt || parseSignedReceipt(JSON.parse(receipt)).receipt.id !== entryId) return
  forgetNewestEntry(cookies, { eventId, slug })
}

/** Deletes what this browser's cookies say about its newest entry for an event. */
export function forgetNewestEntry(
  cookies: Cookies,
  { eventId, slug }: { eventId: string; slug: string },
): void {
  for (const name of [cookieName(eventId), enteredCookieName(eventId)])
    cookies.delete(name, { path: `/e/${slug}` })
}
