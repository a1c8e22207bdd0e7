import type { Executor } from '@eungmo/db/connection/client'
import { toHex } from '@eungmo/draw/encoding'
import { DomainError } from '../errors/domain-error.ts'
import { readChain, signatureOf } from '../rules-record/chain.ts'
import type { ChainView } from './schema.ts'

/** An event's chain so far, public. Throws NOT_FOUND before publication. */
export async function readPublicChain(db: Executor, eventId: string): Promise<ChainView> {
  const { rows, records } = await readChain(db, eventId)
  const newest = rows.at(-1)
  if (!newest) throw new DomainError('NOT_FOUND')
  return {
    v: 'eungmo-draw/1',
    records: records.map((record) => ({ ...record })),
    signatures: rows.map(signatureOf),
    head: toHex(newest.hash),
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
