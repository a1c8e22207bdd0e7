import type { Executor } from '@eungmo/db/connection/client'
import { type EventWithParts, updateEventRow } from '@eungmo/db/queries/events'
import { countEntries } from '@eungmo/db/queries/participants'
import { type ChainRecord, nextRules, type RulesRecord } from '@eungmo/draw/records'
import type { KeyRing } from '../crypto/key-ring.ts'
import { DomainError } from '../errors/domain-error.ts'
import type { EventTerms } from '../events/event-terms.ts'
import { appendRecord } from './chain.ts'
import { differs, rulesOfTerms } from './rules-of-terms.ts'

/**
 * Appends a rules record where the terms differ from the rules in force, in the caller's transaction, which
 * has locked the event's row. Returns the new record, or null where nothing changed. Throws CONFLICT for a
 * change from quicknet back to none.
 */
export async function amendRules(
  tx: Executor,
  secrets: KeyRing,
  event: EventWithParts,
  records: readonly ChainRecord[],
  terms: EventTerms,
  { changeReason = null, entriesSoFar }: { changeReason?: string | null; entriesSoFar?: number } = {},
): Promise<RulesRecord | null> {
  const inForce = records.findLast((record) => record.type === 'rules')
  if (!inForce) throw new Error(`event ${event.id} is published without rules`)
  const { fields, text } = rulesOfTerms(terms, event.shopName)
  if (!differs(inForce, fields)) return null
  if (inForce.beacon === 'quicknet' && fields.beacon === 'none')
    throw new DomainError('CONFLICT', { reason: 'beacon-kept' })
  const record = nextRules(records, event.now, fields)
  await appendRecord(tx, secrets, event.keyId, records, record, {
    rulesText: text,
    changeReason,
    entriesSoFar: entriesSoFar ?? (await countEntries(tx, { eventId: event.id })).entries,
  })
  await updateEventRow(tx, { eventId: event.id, changes: { rulesSeq: record.seq } })
  return record
}
