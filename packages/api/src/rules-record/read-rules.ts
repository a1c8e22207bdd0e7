import type { Executor } from '@eungmo/db/connection/client'
import { findChainHead, listDrawRecords } from '@eungmo/db/queries/draw-records'
import { toHex } from '@eungmo/draw/encoding'
import type { z } from 'zod'
import type { rulesView } from '../events/schema.ts'
import { recordOf } from './chain.ts'

type RulesView = z.infer<typeof rulesView>

/** The rules in force, how they were changed, and the chain's head; null before publication. */
export async function readRules(executor: Executor, eventId: string): Promise<RulesView | null> {
  const [rows, head] = await Promise.all([
    listDrawRecords(executor, { eventId, type: 'rules' }),
    findChainHead(executor, { eventId }),
  ])
  const newest = rows.at(-1)
  if (!newest || !head) return null
  const rules = recordOf(newest)
  if (rules.type !== 'rules') throw new Error(`record ${newest.seq} of event ${eventId} is no rules record`)
  return {
    hash: toHex(newest.hash),
    seedCommitment: rules.seedCommitment,
    operatorKey: rules.operatorKey ?? '',
    text: newest.rulesText ?? '',
    at: rules.at,
    head: toHex(head.hash),
    amendments: rows.slice(1).map((row) => ({
      at: recordOf(row).at,
      hash: toHex(row.hash),
      entriesSoFar: row.entriesSoFar ?? 0,
      changeReason: row.changeReason,
    })),
  }
}
