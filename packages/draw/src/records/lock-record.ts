import { roundAfter } from '../beacon/beacon-chain.ts'
import { firstReservedReason } from '../list/entry-list.ts'
import type { EntryTree } from '../list/entry-tree.ts'
import { type DrawState, emptySlots, foldRecords } from './draw-state.ts'
import { ALGORITHM, type ChainRecord, type LockRecord, type RulesRecord } from './record.ts'
import { checkedRecord, recordHead, requireOpenChain } from './record-head.ts'

/** The part of a lock record that describes its list. */
export type ListSummary = Pick<LockRecord, 'entryCount' | 'eligibleCount' | 'totalTickets' | 'entriesRoot'>

const SUMMARY_KEYS = ['entryCount', 'eligibleCount', 'totalTickets', 'entriesRoot'] as const

/**
 * The part of a lock record that describes its list.
 * @throws {RangeError} where an entry is excluded for a reserved reason: lists are public for good
 * @example
 * import { entryTree, toEntryList } from '@eungmo/draw/list'
 * import { listSummary } from '@eungmo/draw/records'
 *
 * const tree = entryTree(toEntryList([{ id: 'alice', tickets: 5 }, { id: 'bob', tickets: 3 }]))
 * listSummary(tree, 'spring-draw').totalTickets // => 8
 */
export function listSummary(tree: EntryTree, eventId: string): ListSummary {
  const { size, eligibleCount, totalTickets } = tree.list
  const reserved = firstReservedReason(tree.list)
  if (reserved !== undefined)
    throw new RangeError(`entry "${tree.list.idAt(reserved)}" has a reserved reason`)
  return { entryCount: size, eligibleCount, totalTickets, entriesRoot: tree.root(eventId) }
}

/** The first key in which two summaries differ; undefined where they are equal. */
export function summaryDifference(left: ListSummary, right: ListSummary): keyof ListSummary | undefined {
  return SUMMARY_KEYS.find((key) => left[key] !== right[key])
}

/**
 * The lock of the next attempt: attempt 1 with the winners of the rules and as many of their alternates as the
 * list has left, a later one for the empty slots.
 * @param list from {@link listSummary}; the same for every attempt
 * @param serverSeed `secretFor(attempt)` of the seed chain; null where it is lost
 * @param visitBonus for attempt 1 of rules that leave the visit bonus to the draw: whether a visit gives a
 * ticket more, 0 or 1
 * @throws {RangeError} without rules, while an attempt is open, once cancelled, before endsAt or drawAt, without
 * an empty slot, with too few entries, and for a visitBonus that is missing or decided already
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
  visitBonus?: 0 | 1,
): LockRecord {
  const state = foldRecords(records)
  const { rules, firstLock } = state
  if (rules === null) throw new RangeError('an event without rules cannot be locked')
  requireOpenChain(state)
  const head = recordHead(rules.eventId, records.at(-1), at)
  const counts =
    firstLock === null
      ? firstCounts(rules, list, head.at, visitBonus)
      : laterCounts(state, firstLock, list, visitBonus)
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

type Counts = Pick<LockRecord, 'winnerCount' | 'alternateCount' | 'visitBonus'>

function firstCounts(rules: RulesRecord, list: ListSummary, at: string, decided: 0 | 1 | undefined): Counts {
  for (const [time, what] of earliestLocks(rules)) {
    if (at < time)
      throw new RangeError(`the rules say that ${what} ${time}: amend them before an earlier lock`)
  }
  if (rules.visitBonus !== null && decided !== undefined) {
    throw new RangeError('the rules have decided the visit bonus already')
  }
  const visitBonus = rules.visitBonus ?? decided
  if (visitBonus === undefined) throw new RangeError('the rules leave the visit bonus to the lock: 0 or 1')
  return {
    winnerCount: rules.winnerCount,
    alternateCount: alternatesLeft(rules, list.eligibleCount),
    visitBonus,
  }
}

function laterCounts(
  state: DrawState,
  firstLock: LockRecord,
  list: ListSummary,
  decided: 0 | 1 | undefined,
): Counts {
  if (summaryDifference(firstLock, list) !== undefined) {
    throw new RangeError('a later attempt must be drawn from the list of the first')
  }
  if (decided !== undefined) throw new RangeError('the first lock has decided the visit bonus already')
  const winnerCount = emptySlots(state).length
  if (winnerCount === 0) throw new RangeError('no slot is empty, so nothing may be drawn')
  return { winnerCount, alternateCount: 0, visitBonus: firstLock.visitBonus }
}

/** The alternates that lock 1 draws: those of the rules, or as many as are left after the winners. */
export function alternatesLeft(
  { winnerCount, alternateCount }: Pick<RulesRecord, 'winnerCount' | 'alternateCount'>,
  eligibleCount: number,
): number {
  return Math.max(0, Math.min(alternateCount, eligibleCount - winnerCount))
}

/** The times before which the rules allow no lock, each with what happens then. */
export function earliestLocks({ endsAt, drawAt }: RulesRecord): [time: string, what: string][] {
  const times: [string | null, string][] = [
    [endsAt, 'the event ends at'],
    [drawAt, 'the draw is at'],
  ]
  return times.flatMap(([time, what]) => (time === null ? [] : [[time, what]]))
}
