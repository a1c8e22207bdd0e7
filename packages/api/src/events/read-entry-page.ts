import type { Executor } from '@eungmo/db/connection/client'
import { type EventPageRow, findEventPage } from '@eungmo/db/queries/event-pages'
import type { EventChannel } from '@eungmo/db/queries/events'
import { contentVersion } from '../content-version.ts'
import { DomainError } from '../errors/domain-error.ts'
import { presentRules } from '../rules-record/present-rules.ts'
import { seoulDayNumber } from '../seoul-time.ts'
import type { EntryPageView } from './page-schema.ts'
import { presentMarketing, presentNotice } from './present-consent.ts'
import { presentEvent } from './present-event.ts'
import { presentLatestDraw } from './present-latest-draw.ts'

/** What the entry page shows to everybody, and what a link is compared with. */
export interface SharedEntryPage {
  view: Omit<EntryPageView, 'chosenEntryPath' | 'visit'>
  channels: readonly EventChannel[]
  visitToken: string
}

/** Reads an event's page in one statement. Throws NOT_FOUND for an event that was never published. */
export async function readEntryPage(executor: Executor, slug: string): Promise<SharedEntryPage> {
  const row = await findEventPage(executor, { slug })
  if (!row || row.event.publishedAt === null) throw new DomainError('NOT_FOUND')
  return presentEntryPage(row)
}

/** The page of an event, also before it is published. */
export function presentEntryPage(row: EventPageRow): SharedEntryPage {
  const { event, latestDraw } = row
  const { channels, visitToken, now } = event
  const view = {
    ...presentEvent(event),
    consent: presentNotice(row),
    marketing: presentMarketing(row),
    contact: row.contact,
    // What the operator stops is not shown.
    picture: event.pause === null ? row.picture : null,
    rules: presentRules(row),
    latestDraw: presentLatestDraw(latestDraw),
    winnersPublic: event.status === 'drawn' && event.announcementDate <= now && event.pause === null,
  }
  // Of the clock, pages show at most the day: dates of another year have the year.
  const shown = JSON.stringify({ view, channels, visitToken, day: seoulDayNumber(now) })
  const version = contentVersion(shown)
  return { view: { ...view, version, now: now.toISOString() }, channels, visitToken }
}
