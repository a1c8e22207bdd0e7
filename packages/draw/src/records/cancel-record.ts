import { foldRecords } from './draw-state.ts'
import type { CancelRecord, ChainRecord } from './record.ts'
import { checkedRecord, recordHead, requireOpenChain } from './record-head.ts'

/**
 * Cancels an event before its first lock: nothing will be drawn, and nothing may follow in its chain.
 * @throws {RangeError} without rules, after lock 1, and where the event is cancelled already
 * @example
 * // after the example of firstRules
 * import { nextCancel } from '@eungmo/draw/records'
 *
 * nextCancel([rules], new Date('2026-03-05T09:00:00Z')).seq // => 1
 */
export function nextCancel(records: readonly ChainRecord[], at: Date): CancelRecord {
  const state = foldRecords(records)
  if (state.rules === null) throw new RangeError('an event without rules cannot be cancelled')
  requireOpenChain(state)
  if (state.firstLock !== null) throw new RangeError('a locked event cannot be cancelled')
  return checkedRecord({ ...recordHead(state.rules.eventId, records.at(-1), at), type: 'cancel' })
}
