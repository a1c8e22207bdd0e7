import { timingSafeEqual } from 'node:crypto'
import { findLatestDrawLog } from '@eungmo/db/queries/draw-logs'
import { type EventWithParts, findEventBySlug } from '@eungmo/db/queries/events'
import type { Viewer } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { readRules } from '../rules-record/read-rules.ts'
import { presentEvent } from './present-event.ts'
import { presentLatestDraw } from './present-latest-draw.ts'
import { readConsent } from './read-consent.ts'
import { requireVisibleEvent } from './require-visible-event.ts'
import type { EntryPageInput, EntryPageView } from './schema.ts'

/**
 * Everything the entry page needs. With an unknown `via`, or 매장 방문 without its token, the customer chooses a
 * path.
 */
export async function getEntryPage(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Viewer,
  link: EntryPageInput,
): Promise<EntryPageView> {
  const event = requireVisibleEvent(await findEventBySlug(db, { slug: link.slug }), viewer)
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
    preview: event.status === 'draft',
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
