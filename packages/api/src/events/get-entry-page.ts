import { timingSafeEqual } from 'node:crypto'
import { findLatestDrawLog } from '@eungmo/db/queries/draw-logs'
import { type EventWithParts, findEventBySlug } from '@eungmo/db/queries/events'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { readRules } from '../rules-record/read-rules.ts'
import { presentEvent } from './present-event.ts'
import { presentLatestDraw } from './present-latest-draw.ts'
import { readConsent } from './read-consent.ts'
import { requireOwnEvent } from './require-own-event.ts'
import { requireVisibleEvent } from './require-visible-event.ts'
import type { EntryPageInput, EntryPageView } from './schema.ts'

/**
 * Everything the entry page needs, the same for every visitor. With an unknown `via`, or 매장 방문 without its
 * token, the customer chooses a path. Throws NOT_FOUND for an event that was never published.
 */
export async function getEntryPage(
  { db }: Pick<Dependencies, 'db'>,
  link: EntryPageInput,
): Promise<EntryPageView> {
  const event = requireVisibleEvent(await findEventBySlug(db, { slug: link.slug }), { kind: 'anonymous' })
  return readEntryPage(db, event, link)
}

/** The entry page of an event of the viewer's shop, also before it is published. */
export async function getEntryPagePreview(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Member,
  eventId: string,
): Promise<EntryPageView> {
  const event = await requireOwnEvent(db, viewer, eventId)
  return readEntryPage(db, event, { slug: event.slug })
}

async function readEntryPage(
  db: Dependencies['db'],
  event: EventWithParts,
  link: EntryPageInput,
): Promise<EntryPageView> {
  const [consent, rules, latestDraw] = await Promise.all([
    readConsent(db, event),
    readRules(db, event.id),
    findLatestDrawLog(db, { eventId: event.id }),
  ])
  return {
    ...presentEvent(event),
    consent,
    rules,
    latestDraw: presentLatestDraw(latestDraw),
    ...chosenPath(event, link),
    winnersPublic: event.status === 'drawn' && event.announcementDate <= event.now,
    now: event.now.toISOString(),
  }
}

function chosenPath(event: EventWithParts, { via, visitToken }: EntryPageInput) {
  const channel = event.channels.find(({ code }) => code === via)
  const visit =
    channel?.kind === 'store' && visitToken !== undefined && isSameToken(visitToken, event.visitToken)
  const chosenEntryPath = channel && (channel.kind === 'link' || visit) ? channel.entryPath : null
  return { chosenEntryPath, visit }
}

function isSameToken(sent: string, stored: string): boolean {
  const [a, b] = [Buffer.from(sent), Buffer.from(stored)]
  return a.length === b.length && timingSafeEqual(a, b)
}
