import { foldRecords } from './draw-state.ts'
import type { ChainRecord, WithdrawReason, WithdrawRecord } from './record.ts'
import { checkedRecord, recordHead } from './record-head.ts'

/**
 * Empties a prize slot and promotes the lowest waiting rank, where one waits.
 * @throws {RangeError} where the slot has no holder, and while an attempt is open
 * @example
 * // after the example of nextResult
 * import { nextWithdraw } from '@eungmo/draw/records'
 *
 * const withdrawnAt = new Date('2026-04-08T09:00:00Z')
 * nextWithdraw([rules, lock, result], withdrawnAt, 1, 'unreachable').filledBy // => 2
 */
export function nextWithdraw(
  records: readonly ChainRecord[],
  at: Date,
  slot: number,
  reason: WithdrawReason,
): WithdrawRecord {
  const { rules, openLock, slots, waiting } = foldRecords(records)
  if (openLock !== null) throw new RangeError(`attempt ${openLock.attempt} is open: finish it first`)
  if (rules === null || !slots[slot - 1]) throw new RangeError(`slot ${slot} has no holder`)
  const filledBy = waiting[0]?.rank ?? null
  return checkedRecord({
    ...recordHead(rules.eventId, records, at),
    type: 'withdraw',
    slot,
    reason,
    filledBy,
  })
}
