import { findLatestDrawLog } from '@eungmo/db/queries/draw-logs'
import { countEntries } from '@eungmo/db/queries/participants'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { readRules } from '../rules-record/read-rules.ts'
import { presentEvent } from './present-event.ts'
import { presentLatestDraw } from './present-latest-draw.ts'
import { readConsent } from './read-consent.ts'
import { requireOwnEvent } from './require-own-event.ts'
import type { OwnerEventView } from './schema.ts'

/** An event of the viewer's shop, with what only the shop sees. */
export async function getOwnerEvent(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Member,
  eventId: string,
): Promise<OwnerEventView> {
  const event = await requireOwnEvent(db, viewer, eventId)
  const [rules, consent, latestDraw, counts] = await Promise.all([
    readRules(db, event.id),
    readConsent(db, event),
    findLatestDrawLog(db, { eventId: event.id }),
    countEntries(db, { eventId: event.id }),
  ])
  return {
    ...presentEvent(event),
    createdAt: event.createdAt.toISOString(),
    publishedAt: event.publishedAt?.toISOString() ?? null,
    entryCount: counts.entries,
    visitedCount: counts.visited,
    rules,
    latestDraw: presentLatestDraw(latestDraw),
    consent,
    now: event.now.toISOString(),
  }
}
