import type { Executor } from '@eungmo/db/connection/client'
import { listDrawRecords } from '@eungmo/db/queries/draw-records'
import { toHex } from '@eungmo/draw/encoding'
import { DomainError } from '../errors/domain-error.ts'
import { recordOf, signatureOf, storedRecord } from '../rules-record/chain.ts'
import type { ChainView } from './schema.ts'

/** An event's chain so far, public. Throws NOT_FOUND before publication. */
export async function readPublicChain(db: Executor, eventId: string): Promise<ChainView> {
  const rows = await listDrawRecords(db, { eventId })
  const newest = rows.at(-1)
  if (!newest) throw new DomainError('NOT_FOUND')
  return {
    v: 'eungmo-draw/1',
    records: rows.map(storedRecord),
    signatures: rows.map(signatureOf),
    head: toHex(newest.hash),
    texts: rows.flatMap((row) => {
      const record = row.type === 'rules' ? recordOf(row) : null
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
