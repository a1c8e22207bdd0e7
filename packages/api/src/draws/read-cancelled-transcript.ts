import { findEvent } from '@eungmo/db/queries/events'
import { buildTranscript } from '@eungmo/draw/records'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { readChain, signatureOf } from '../rules-record/chain.ts'
import type { TranscriptView } from './schema.ts'

/**
 * The transcript of an event that was cancelled before a lock: nothing was drawn, so it has no openings.
 * Throws NOT_FOUND for any other event, and for a draft that was cancelled.
 */
export async function readCancelledTranscript(
  { db }: Pick<Dependencies, 'db'>,
  eventId: string,
): Promise<TranscriptView> {
  const event = await findEvent(db, { eventId })
  if (event?.status !== 'cancelled' || event.publishedAt === null) throw new DomainError('NOT_FOUND')
  const { rows, records } = await readChain(db, event.id)
  const { v, head, signatures } = buildTranscript(records, rows.map(signatureOf))
  return {
    v,
    records: records.map((record) => ({ ...record })),
    signatures: [...signatures],
    openings: [],
    head,
  }
}
