import { timingSafeEqual } from 'node:crypto'
import { findLatestDrawLog } from '@eungmo/db/queries/draw-logs'
import { type EventWithParts, findEventBySlug } from '@eungmo/db/queries/events'
import type { Viewer } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { readRules } from '../rules-record/read-rules.ts'
import { presentEvent } from './present-event.ts'
import { presentLatestDraw } from './present-latest-draw.ts'
import { readConsent } from './read-consent.ts'
import { visibleEvent } from './require-visible-event.ts'
import type { EntryPageView } from './schema.ts'

export interface EntryLink {
  slug: string
  /** A channel's code, as the link carries it. */
  via?: string | undefined
  visitToken?: string | undefined
}

/** Everything the entry page needs; an unknown `via`, and 매장 방문 without its token, fall back to choosing. */
export async function getEntryPage(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Viewer,
  link: EntryLink,
): Promise<EntryPageView> {
  const event = visibleEvent(await findEventBySlug(db, { slug: link.slug }), viewer)
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

function chosenPath(event: EventWithParts, { via, visitToken }: EntryLink) {
  const channel = event.channels.find(({ code }) => code === via)
  const visit =
    channel?.kind === 'store' && visitToken !== undefined && sameToken(visitToken, event.visitToken)
  const chosenEntryPath = channel && (channel.kind === 'link' || visit) ? channel.entryPath : null
  return { chosenEntryPath, visit }
}

function sameToken(given: string, kept: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(kept)]
  return a.length === b.length && timingSafeEqual(a, b)
}
