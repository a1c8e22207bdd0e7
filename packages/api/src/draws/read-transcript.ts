import type { Executor } from '@eungmo/db/connection/client'
import { type DrawRecordRow, listDrawRecords } from '@eungmo/db/queries/draw-records'
import { listOpenings } from '@eungmo/db/queries/draw-winners'
import { toHex } from '@eungmo/draw/encoding'
import type { Opening } from '@eungmo/draw/records'
import { signatureOf, storedRecord } from '../rules-record/chain.ts'
import { requireDrawnEvent } from './require-drawn-event.ts'
import type { TranscriptView } from './schema.ts'

/**
 * The transcript that a draw belongs to: its event's records, without a lock that still has no result. The
 * winners' openings are included from the announcement date on, as the text of the rules says. Throws
 * NOT_FOUND and DRAW_IN_PROGRESS.
 */
export async function readTranscript(executor: Executor, drawLogId: string): Promise<TranscriptView> {
  const event = await requireDrawnEvent(executor, drawLogId)
  const rows = await listDrawRecords(executor, { eventId: event.id })
  const openings = event.announcementDate <= event.now ? await readOpenings(executor, event.id) : []
  return transcriptOf(rows.at(-1)?.type === 'lock' ? rows.slice(0, -1) : rows, openings)
}

/** The transcript of stored records, as they were hashed and signed. */
export function transcriptOf(rows: readonly DrawRecordRow[], openings: Opening[] = []): TranscriptView {
  const newest = rows.at(-1)
  if (!newest) throw new RangeError('a transcript needs a record')
  return {
    v: 'eungmo-draw/1',
    records: rows.map(storedRecord),
    signatures: rows.map(signatureOf),
    openings,
    head: toHex(newest.hash),
  }
}

async function readOpenings(executor: Executor, eventId: string): Promise<Opening[]> {
  const openings = await listOpenings(executor, { eventId })
  return openings.map(({ entryIndex: index, applicationNumber, person }) => ({
    index,
    applicationNumber,
    person: toHex(person),
  }))
}
