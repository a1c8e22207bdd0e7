import { QUICKNET } from '../beacon/beacon-chain.ts'
import { draw } from '../draw.ts'
import type { EntryInput } from '../list/entry-input.ts'
import { drawSeed } from './draw-seed.ts'
import { foldRecords } from './draw-state.ts'
import type { ChainRecord, ResultRecord } from './record.ts'
import { checkedRecord, recordHead } from './record-head.ts'

/**
 * The result of the open attempt: a function of lock, list and round, so that any worker can finish it.
 * @param entries the locked list
 * @param signature the round's signature, already checked by `verifyBeacon`; null without a beacon
 * @param chainHash defaults to quicknet's
 * @throws {RangeError} where no attempt is open, and where signature and lock do not match
 * @example
 * // after the example of nextLock
 * import { nextResult } from '@eungmo/draw/records'
 *
 * const result = nextResult([rules, lock], new Date('2026-03-31T09:00:01Z'), list, null)
 * result.draws.map(({ id }) => id) // => ['bob', 'alice']
 */
export function nextResult(
  records: readonly ChainRecord[],
  at: Date,
  entries: EntryInput,
  signature: string | null,
  chainHash: string = QUICKNET.hash,
): ResultRecord {
  const { openLock: lock, drawnIndexes } = foldRecords(records)
  if (lock === null) throw new RangeError('no attempt is open')
  const { eventId, attempt, round, winnerCount, alternateCount } = lock
  if ((round === null) !== (signature === null)) {
    throw new RangeError(
      round === null ? 'this attempt has no beacon' : `the signature of round ${round} is missing`,
    )
  }
  const beacon = round === null || signature === null ? null : { chainHash, round, signature }
  const seed = drawSeed({ ...lock, beacon })
  const { draws } = draw({ entries, winnerCount, alternateCount, seed, struck: drawnIndexes })
  return checkedRecord({
    ...recordHead(eventId, records.at(-1), at),
    type: 'result',
    attempt,
    signature,
    seed,
    draws,
  })
}
