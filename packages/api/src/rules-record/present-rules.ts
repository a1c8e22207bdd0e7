import type { EventPageRow } from '@eungmo/db/queries/event-pages'
import { parseRecord } from '@eungmo/draw/records'
import type { z } from 'zod'
import type { rulesView } from '../events/schema.ts'

type RulesView = z.infer<typeof rulesView>

/** The rules in force, how they were changed, and the chain's head; null before publication. */
export function presentRules({ event, rules: rows, head }: EventPageRow): RulesView | null {
  const newest = rows.at(-1)
  if (!newest || head === null) return null
  const rules = parseRecord(JSON.parse(newest.record))
  if (rules.type !== 'rules') throw new Error(`a rules record of event ${event.id} has another type`)
  return {
    hash: newest.hash,
    seedCommitment: rules.seedCommitment,
    operatorKey: rules.operatorKey ?? '',
    text: newest.rulesText ?? '',
    at: rules.at,
    head,
    amendments: rows.slice(1).map((row) => ({
      at: parseRecord(JSON.parse(row.record)).at,
      hash: row.hash,
      entriesSoFar: row.entriesSoFar ?? 0,
      changeReason: row.changeReason,
    })),
  }
}
