import { foldRecords } from './draw-state.ts'
import { type ChainRecord, MAX_DRAWN, type RulesRecord } from './record.ts'
import { checkedRecord, recordHead, requireOpenChain } from './record-head.ts'

/** The contents of a rules record without `at` and its place in the chain. */
export type RulesFields = Omit<RulesRecord, 'v' | 'type' | 'eventId' | 'seq' | 'prev' | 'at'>

/** The keys that an amendment may change; after lock 1 only the beacon. */
export const AMENDABLE_KEYS = [
  'winnerCount',
  'alternateCount',
  'visitBonus',
  'visitProof',
  'endsAt',
  'drawAt',
  'claimDays',
  'beacon',
  'beaconDelay',
  'textHash',
] as const

/** The keys that no amendment may change. */
const FIXED_KEYS = ['seedCommitment', 'operatorKey', 'sitOutMonths'] as const

/**
 * The first record of an event, to be published before any entry.
 * @throws {ShapeError} that names the field with a wrong value, {RangeError} for more than 10,000 winners and
 * alternates
 * @example
 * import { createSeedChain, firstRules } from '@eungmo/draw/records'
 *
 * const chain = createSeedChain('spring-draw', new Uint8Array(32).fill(7)) // in earnest: 32 random bytes
 * const rules = firstRules('spring-draw', new Date('2026-03-01T09:00:00Z'), {
 *   winnerCount: 1,
 *   alternateCount: 1,
 *   visitBonus: 'per-entry',
 *   visitProof: 'static',
 *   endsAt: null,
 *   drawAt: null,
 *   claimDays: 14,
 *   sitOutMonths: 0,
 *   beacon: 'none',
 *   beaconDelay: 30,
 *   seedCommitment: chain.commitment,
 *   operatorKey: null,
 *   textHash: null,
 * })
 * rules.seq // => 0
 */
export function firstRules(eventId: string, at: Date, fields: RulesFields): RulesRecord {
  const rules: RulesRecord = checkedRecord({
    ...recordHead(eventId, undefined, at),
    type: 'rules',
    ...fields,
  })
  const error = countError(rules)
  if (error !== null) throw new RangeError(error)
  return rules
}

/**
 * Rules that amend the ones in force; public with their time. seedCommitment, operatorKey and sitOutMonths
 * never change, quicknet never becomes none, and after lock 1 only the beacon may change.
 * @throws {RangeError} for any other change, without rules, while an attempt is open, and once cancelled
 * @example
 * // after the example of firstRules
 * import { nextRules } from '@eungmo/draw/records'
 *
 * nextRules([rules], new Date('2026-03-02T09:00:00Z'), { winnerCount: 2 }).winnerCount // => 2
 */
export function nextRules(
  records: readonly ChainRecord[],
  at: Date,
  changes: Partial<Pick<RulesFields, (typeof AMENDABLE_KEYS)[number]>>,
): RulesRecord {
  const state = foldRecords(records)
  const { rules, firstLock } = state
  if (rules === null) throw new RangeError('an event without rules cannot be amended')
  requireOpenChain(state)
  const { v: _v, type: _type, eventId, seq: _seq, prev: _prev, at: _at, ...fields } = rules
  const next: RulesRecord = checkedRecord({
    ...recordHead(eventId, records.at(-1), at),
    type: 'rules',
    ...fields,
    ...changes,
  })
  const error = countError(next) ?? amendmentError(rules, next, firstLock !== null)
  if (error !== null) throw new RangeError(error)
  return next
}

/** Why rules name too many winners and alternates, as a sentence; null where they do not. */
export function countError({ winnerCount, alternateCount }: RulesRecord): string | null {
  const total = winnerCount + alternateCount
  return total > MAX_DRAWN ? `at most ${MAX_DRAWN} winners and alternates may be drawn, not ${total}` : null
}

/** Why an amendment is not allowed, as a sentence; null where it is allowed. */
export function amendmentError(from: RulesRecord, to: RulesRecord, locked: boolean): string | null {
  for (const key of FIXED_KEYS) {
    if (from[key] !== to[key]) return `the rules must never change ${key}`
  }
  if (from.beacon === 'quicknet' && to.beacon === 'none') {
    return 'the rules must never go from quicknet to none'
  }
  const late = AMENDABLE_KEYS.find((key) => locked && key !== 'beacon' && from[key] !== to[key])
  return late === undefined ? null : `the rules must not change ${late} after the first lock`
}
