import type { Database } from '@eungmo/db/connection/client'
import { type EventWithConsent, findEventWithConsent } from '@eungmo/db/queries/event-pages'
import { coalesceReads } from './coalesce-reads.ts'
import type { KeyRing } from './crypto/key-ring.ts'
import { chainBody, transcriptBody } from './draws/chain-bodies.ts'
import { type EntriesFormat, entriesBody } from './draws/entries-body.ts'
import type { PublicWinnersInput } from './draws/public-winners-schema.ts'
import { type DrawSummary, readDrawSummary } from './draws/read-draw-summary.ts'
import { readPublicWinners, type SharedWinnersPage } from './draws/read-public-winners.ts'
import { readEntryPage, type SharedEntryPage } from './events/read-entry-page.ts'
import { createPublicPictures } from './pictures/public-pictures.ts'
import type { PublicPictureInput } from './pictures/schema.ts'
import type { PublicBody } from './public-body.ts'

/**
 * Reads of what many look at. Callers that arrive while a read runs share the next one, so that a read is
 * never older than its call, and a rush costs one read at a time per event. Results are shared: they must
 * not be changed.
 */
export interface PublicReads {
  /** By slug. Rejects with NOT_FOUND for an event that was never published. */
  entryPage(slug: string): Promise<SharedEntryPage>
  /** WebP. Rejects with NOT_FOUND where the entry page shows no picture of this version now. */
  picture(picture: PublicPictureInput): Promise<Uint8Array>
  /** By the event's id, in every phase; the caller checks who may see it. */
  event(eventId: string): Promise<EventWithConsent | undefined>
  /** A page, by slug. Rejects with NOT_FOUND as entryPage does. */
  winners(page: PublicWinnersInput): Promise<SharedWinnersPage>
  /** By the event's id. Rejects with NOT_FOUND before publication. */
  chain(eventId: string): Promise<PublicBody>
  /** By the id of a draw. Rejects with NOT_FOUND and DRAW_IN_PROGRESS. */
  transcript(drawLogId: string): Promise<PublicBody>
  /** By the id of a draw. Rejects with NOT_FOUND and DRAW_IN_PROGRESS. */
  entries(drawLogId: string, format: EntriesFormat): Promise<PublicBody>
  /** By the id of a draw. Rejects with NOT_FOUND and DRAW_IN_PROGRESS. */
  drawSummary(drawLogId: string): Promise<DrawSummary>
}

export function createPublicReads({ db, secrets }: { db: Database; secrets: KeyRing }): PublicReads {
  const entryPage = coalesceReads((slug) => readEntryPage(db, slug))
  const winnersByPage = coalesceReads((key) => readPublicWinners({ db, secrets }, winnersPageOf(key)))
  const entriesByFormat = {
    csv: coalesceReads((drawLogId) => entriesBody(db, drawLogId, 'csv')),
    json: coalesceReads((drawLogId) => entriesBody(db, drawLogId, 'json')),
  }
  return {
    entryPage,
    picture: createPublicPictures(db, entryPage),
    event: coalesceReads((eventId) => findEventWithConsent(db, { eventId })),
    winners: ({ slug, after }) => winnersByPage(`${after}/${slug}`),
    chain: coalesceReads((eventId) => chainBody(db, eventId)),
    transcript: coalesceReads((drawLogId) => transcriptBody(db, drawLogId)),
    entries: (drawLogId, format) => entriesByFormat[format](drawLogId),
    drawSummary: coalesceReads((drawLogId) => readDrawSummary(db, drawLogId)),
  }
}

function winnersPageOf(key: string): PublicWinnersInput {
  const slash = key.indexOf('/')
  return { slug: key.slice(slash + 1), after: Number(key.slice(0, slash)) }
}
