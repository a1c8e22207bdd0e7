import { foldRecords } from './draw-state.ts'
import type { ChainRecord, RulesRecord } from './record.ts'
import { checkedRecord, recordHead } from './record-head.ts'

/** The contents of a rules record without `at` and its place in the chain. */
export type RulesFields = Omit<RulesRecord, 'v' | 'type' | 'eventId' | 'seq' | 'prev' | 'at'>

/** The keys that an amendment may change; after lock 1 only the beacon. */
export const AMENDABLE_KEYS = [
  'winnerCount',
  'alternateCount',
  'visitBonus',
  'endsAt',
  'beacon',
  'beaconDelay',
  'textHash',
] as const

/**
 * The first record of an event, to be published before any entry.
 * @throws {ShapeError} that names the field with a wrong value
 * @example
 * import { createSeedChain, firstRules } from '@eungmo/draw/records'
 *
 * const chain = createSeedChain('spring-draw', new Uint8Array(32).fill(7)) // in earnest: 32 random bytes
 * const rules = firstRules('spring-draw', new Date('2026-03-01T09:00:00Z'), {
 *   winnerCount: 1,
 *   alternateCount: 1,
 *   visitBonus: null,
 *   endsAt: null,
 *   beacon: 'none',
 *   beaconDelay: 30,
 *   seedCommitment: chain.commitment,
 *   operatorKey: null,
 *   textHash: null,
 * })
 * rules.seq // => 0
 */
export function firstRules(eventId: string, at: Date, fields: RulesFields): RulesRecord {
  return checkedRecord({ ...recordHead(eventId, [], at), type: 'rules', ...fields })
}

/**
 * Rules that amend the ones in force; public with their time. seedCommitment and operatorKey never change,
 * quicknet never becomes none, and after lock 1 only the beacon may change.
 * @throws {RangeError} for any other change, without rules, and while an attempt is open
 * @example
 * // after the example of firstRules
 * import { nextRules } from '@eungmo/draw/records'
 *
 * nextRules([rules], new Date('2026-03-02T09:00:00Z'), { winnerCount: 2 }).winnerCount // => 2
 */
export function nextRules(
  records: readonly ChainRecord[],
  at: Date,
  changes: Partial<Omit<RulesFields, 'seedCommitment' | 'operatorKey'>>,
): RulesRecord {
  const { rules, openLock, firstLock } = foldRecords(records)
  if (rules === null) throw new RangeError('an event without rules cannot be amended')
  if (openLock !== null) throw new RangeError(`attempt ${openLock.attempt} is open: finish it first`)
  const { v: _v, type: _type, eventId, seq: _seq, prev: _prev, at: _at, ...fields } = rules
  const next: RulesRecord = checkedRecord({
    ...recordHead(eventId, records, at),
    type: 'rules',
    ...fields,
    ...changes,
  })
  const error = amendmentError(rules, next, firstLock !== null)
  if (error !== null) throw new RangeError(error)
  return next
}

/** Why an amendment is not allowed, as a sentence; null where it is allowed. */
export function amendmentError(from: RulesRecord, to: RulesRecord, locked: boolean): string | null {
  for (const key of ['seedCommitment', 'operatorKey'] as const) {
    if (from[key] !== to[key]) return `the rules must never change ${key}`
  }
  if (from.beacon === 'quicknet' && to.beacon === 'none') {
    return 'the rules must never go from quicknet to none'
  }
  const late = AMENDABLE_KEYS.find((key) => locked && key !== 'beacon' && from[key] !== to[key])
  return late === undefined ? null : `the rules must not change ${late} after the first lock`
}
