import { findDrawLog } from '@eungmo/db/queries/draw-logs'
import type { DrawRecordRow } from '@eungmo/db/queries/draw-records'
import { listSlotHolders } from '@eungmo/db/queries/draw-winners'
import { type EventWithParts, findEvent } from '@eungmo/db/queries/events'
import { personHash } from '@eungmo/draw/list'
import { buildTranscript, type ChainRecord, type Opening } from '@eungmo/draw/records'
import { decryptPhone } from '../crypto/phone-cipher.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { readChain } from '../rules-record/chain.ts'
import type { ChainView, TranscriptView } from './chain-view.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const signatureOf = (row: DrawRecordRow) => (row.signature === null ? null : hex(row.signature))
const plain = (record: ChainRecord): Record<string, unknown> => ({ ...record })

/** An event's chain so far, for anybody; NOT_FOUND before publication. */
export async function readPublicChain({ db }: Pick<Dependencies, 'db'>, eventId: string): Promise<ChainView> {
  const { rows, records } = await readChain(db, eventId)
  const newest = rows.at(-1)
  if (!newest) throw new DomainError('NOT_FOUND')
  return {
    v: 'eungmo-draw/1',
    records: records.map(plain),
    signatures: rows.map(signatureOf),
    head: hex(newest.hash),
    texts: rows.flatMap((row, at) => {
      const record = records[at]
      if (record?.type !== 'rules' || record.textHash === null || row.rulesText === null) return []
      return {
        seq: row.seq,
        textHash: record.textHash,
        text: row.rulesText,
        entriesSoFar: row.entriesSoFar ?? 0,
        changeReason: row.changeReason,
      }
    }),
  }
}

/** The event of a draw that has a result: throws NOT_FOUND, and DRAW_IN_PROGRESS while it has none. */
export async function drawnEvent(
  { db }: Pick<Dependencies, 'db'>,
  drawLogId: string,
): Promise<{ event: EventWithParts; attempt: number }> {
  const log = await findDrawLog(db, { drawLogId })
  const event = log && (await findEvent(db, { eventId: log.eventId }))
  if (!log || !event) throw new DomainError('NOT_FOUND')
  if (log.drawnAt === null)
    throw new DomainError('DRAW_IN_PROGRESS', { drawLogId, drawsAt: log.drawsAt?.toISOString() ?? null })
  return { event, attempt: log.attempt }
}

/**
 * The transcript that a draw belongs to: its event's records, without a lock that still waits for its result. The winners' openings follow on
 * the announcement date, as the rules' text says.
 */
export async function readTranscript(
  dependencies: Pick<Dependencies, 'db' | 'secrets'>,
  drawLogId: string,
): Promise<TranscriptView> {
  const { event } = await drawnEvent(dependencies, drawLogId)
  const chain = await readChain(dependencies.db, event.id)
  const waits = chain.records.at(-1)?.type === 'lock' ? -1 : undefined
  const records = chain.records.slice(0, waits)
  const signatures = chain.rows.slice(0, waits).map(signatureOf)
  const openings = event.announcementDate <= event.now ? await readOpenings(dependencies, event.id) : []
  const transcript = buildTranscript(records, signatures, openings)
  return { ...transcript, records: records.map(plain), signatures, openings }
}

async function readOpenings(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  eventId: string,
): Promise<Opening[]> {
  const holders = await listSlotHolders(db, { eventId })
  return holders
    .flatMap(({ entryIndex, applicationNumber, phoneNumber, entrySalt, participantId }) => {
      if (applicationNumber === null || phoneNumber === null || entrySalt === null) return []
      const phone = decryptPhone(secrets, { eventId, participantId }, phoneNumber)
      return { index: entryIndex, applicationNumber, person: hex(personHash(entrySalt, phone)) }
    })
    .toSorted((a, b) => a.index - b.index)
}
