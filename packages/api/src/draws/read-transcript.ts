import type { Executor } from '@eungmo/db/connection/client'
import { listOpenings } from '@eungmo/db/queries/draw-winners'
import { toHex } from '@eungmo/draw/encoding'
import { buildTranscript, type Opening } from '@eungmo/draw/records'
import { readChain, signatureOf } from '../rules-record/chain.ts'
import { requireDrawnEvent } from './require-drawn-event.ts'
import type { TranscriptView } from './schema.ts'

/**
 * The transcript that a draw belongs to: its event's records, without a lock that still has no result. The
 * winners' openings are included from the announcement date on, as the text of the rules says. Throws
 * NOT_FOUND and DRAW_IN_PROGRESS.
 */
export async function readTranscript(executor: Executor, drawLogId: string): Promise<TranscriptView> {
  const event = await requireDrawnEvent(executor, drawLogId)
  const chain = await readChain(executor, event.id)
  const end = chain.records.at(-1)?.type === 'lock' ? -1 : undefined
  const records = chain.records.slice(0, end)
  const signatures = chain.rows.slice(0, end).map(signatureOf)
  const openings = event.announcementDate <= event.now ? await readOpenings(executor, event.id) : []
  const transcript = buildTranscript(records, signatures, openings)
  return { ...transcript, records: records.map((record) => ({ ...record })), signatures, openings }
}

async function readOpenings(executor: Executor, eventId: string): Promise<Opening[]> {
  const openings = await listOpenings(executor, { eventId })
  return openings.map(({ entryIndex: index, applicationNumber, person }) => ({
    index,
    applicationNumber,
    person: toHex(person),
  }))
}
