import { RecordFold } from './draw-state.ts'
import type { ChainRecord, WithdrawReason, WithdrawRecord } from './record.ts'
import { checkedRecord, recordHead, requireOpenChain } from './record-head.ts'

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
  return nextWithdrawals(records, at, [{ slot, reason }])[0] as WithdrawRecord
}

/**
 * Empties prize slots in the order in which they are passed, one record for each. The chain is folded once,
 * whatever the number of slots.
 * @throws {RangeError} where a slot has no holder, and while an attempt is open
 * @example
 * // after the example of nextResult
 * import { nextWithdrawals } from '@eungmo/draw/records'
 *
 * const times = new Date('2026-04-08T09:00:00Z')
 * const empty = [{ slot: 1, reason: 'deadline' }] as const
 * nextWithdrawals([rules, lock, result], times, empty).map(({ filledBy }) => filledBy) // => [2]
 */
export function nextWithdrawals(
  records: readonly ChainRecord[],
  at: Date,
  withdrawals: readonly Pick<WithdrawRecord, 'slot' | 'reason'>[],
): WithdrawRecord[] {
  const fold = new RecordFold(records)
  requireOpenChain(fold.state)
  let last = records.at(-1)
  return withdrawals.map(({ slot, reason }) => {
    if (last === undefined || !fold.hasHolder(slot)) throw new RangeError(`slot ${slot} has no holder`)
    const record: WithdrawRecord = checkedRecord({
      ...recordHead(last.eventId, last, at),
      type: 'withdraw',
      slot,
      reason,
      filledBy: fold.lowestWaiting?.rank ?? null,
    })
    fold.apply(record)
    last = record
    return record
  })
}
