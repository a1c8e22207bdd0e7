import { roundAfter } from '../beacon/beacon-chain.ts'
import type { EntryTree } from '../list/entry-tree.ts'
import { type DrawState, emptySlots, foldRecords } from './draw-state.ts'
import { ALGORITHM, type ChainRecord, type LockRecord } from './record.ts'
import { checkedRecord, recordHead } from './record-head.ts'

/** The part of a lock record that describes its list. */
export type ListSummary = Pick<LockRecord, 'entryCount' | 'eligibleCount' | 'totalTickets' | 'entriesRoot'>

const SUMMARY_KEYS = ['entryCount', 'eligibleCount', 'totalTickets', 'entriesRoot'] as const

/**
 * The part of a lock record that describes its list.
 * @example
 * import { entryTree, toEntryList } from '@eungmo/draw/list'
 * import { listSummary } from '@eungmo/draw/records'
 *
 * const tree = entryTree(toEntryList([{ id: 'alice', tickets: 5 }, { id: 'bob', tickets: 3 }]))
 * listSummary(tree, 'spring-draw').totalTickets // => 8
 */
export function listSummary(tree: EntryTree, eventId: string): ListSummary {
  const { size, eligibleCount, totalTickets } = tree.list
  return { entryCount: size, eligibleCount, totalTickets, entriesRoot: tree.root(eventId) }
}

/** The first key in which two summaries differ; undefined where they are equal. */
export function summaryDifference(left: ListSummary, right: ListSummary): keyof ListSummary | undefined {
  return SUMMARY_KEYS.find((key) => left[key] !== right[key])
}

/**
 * The lock of the next attempt: attempt 1 with the counts of the rules, a later one for the empty slots.
 * @param list from {@link listSummary}; the same for every attempt
 * @param serverSeed `secretFor(attempt)` of the seed chain; null where it is lost
 * @throws {RangeError} without rules, while an attempt is open, before endsAt, without an empty slot, and
 * with too few entries
 * @example
 * // after the example of firstRules
 * import { entryTree, toEntryList } from '@eungmo/draw/list'
 * import { listSummary, nextLock } from '@eungmo/draw/records'
 *
 * const list = toEntryList({ ids: ['alice', 'bob', 'carol'], tickets: [5, 3, 1] })
 * const tree = entryTree(list)
 * const lockedAt = new Date('2026-03-31T09:00:00Z')
 * const lock = nextLock([rules], lockedAt, listSummary(tree, 'spring-draw'), chain.secretFor(1))
 * lock.totalTickets // => 9
 */
export function nextLock(
  records: readonly ChainRecord[],
  at: Date,
  list: ListSummary,
  serverSeed: string | null,
): LockRecord {
  const state = foldRecords(records)
  const { rules, openLock } = state
  if (rules === null) throw new RangeError('an event without rules cannot be locked')
  if (openLock !== null) throw new RangeError(`attempt ${openLock.attempt} is open: finish it first`)
  const head = recordHead(rules.eventId, records, at)
  const counts = state.firstLock === null ? firstCounts(state, head.at) : laterCounts(state, list)
  const count = counts.winnerCount + counts.alternateCount
  const available = list.eligibleCount - state.drawnIndexes.length
  if (count > available) {
    throw new RangeError(`${count} entries are to be drawn, but only ${available} can be`)
  }
  if (serverSeed === null && rules.beacon === 'none') {
    throw new RangeError('without the secret an attempt can only be drawn with a beacon')
  }
  return checkedRecord({
    ...head,
    type: 'lock',
    attempt: state.attempts + 1,
    algorithm: ALGORITHM,
    entryCount: list.entryCount,
    eligibleCount: list.eligibleCount,
    totalTickets: list.totalTickets,
    entriesRoot: list.entriesRoot,
    ...counts,
    serverSeed,
    round: rules.beacon === 'none' ? null : roundAfter(Date.parse(head.at), rules.beaconDelay),
  })
}

type Counts = Pick<LockRecord, 'winnerCount' | 'alternateCount'>

function firstCounts({ rules }: DrawState, at: string): Counts {
  const { winnerCount, alternateCount, endsAt } = rules as NonNullable<DrawState['rules']>
  if (endsAt !== null && at < endsAt) {
    throw new RangeError(`the rules say that the event ends at ${endsAt}: amend them before an earlier lock`)
  }
  return { winnerCount, alternateCount }
}

function laterCounts(state: DrawState, list: ListSummary): Counts {
  if (state.firstLock !== null && summaryDifference(state.firstLock, list) !== undefined) {
    throw new RangeError('a later attempt must be drawn from the list of the first')
  }
  const winnerCount = emptySlots(state).length
  if (winnerCount === 0) throw new RangeError('no slot is empty, so nothing may be drawn')
  return { winnerCount, alternateCount: 0 }
}
