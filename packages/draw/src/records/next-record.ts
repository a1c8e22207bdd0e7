import { QUICKNET, roundAfter } from '../beacon/beacon-chain.ts'
import { draw } from '../draw.ts'
import { PROTOCOL } from '../encoding/preimage.ts'
import type { EntryInput } from '../list/entry-input.ts'
import type { EntryTree } from '../list/entry-tree.ts'
import { drawSeed } from './draw-seed.ts'
import { emptySlots, foldRecords } from './draw-state.ts'
import {
  ALGORITHM,
  type ChainRecord,
  type LockRecord,
  NO_PREVIOUS,
  parseRecord,
  type ResultRecord,
  type RulesRecord,
  recordHash,
  type WithdrawReason,
  type WithdrawRecord,
} from './record.ts'

/** What rules say; everything but `at` and the record's place in the chain. */
export type RulesFields = Omit<RulesRecord, 'v' | 'type' | 'eventId' | 'seq' | 'prev' | 'at'>

/** What a lock says of its list. */
export type ListSummary = Pick<LockRecord, 'entryCount' | 'eligibleCount' | 'totalTickets' | 'entriesRoot'>

/** What a lock record says of a list. */
export function listSummary(tree: EntryTree, eventId: string): ListSummary {
  const { size, eligibleCount, totalTickets } = tree.list
  return { entryCount: size, eligibleCount, totalTickets, entriesRoot: tree.root(eventId) }
}

/** The first record of an event, at publication. @throws {ShapeError} that names the field. */
export function firstRules(eventId: string, at: Date, fields: RulesFields): RulesRecord {
  return parsed({ ...place(eventId, [], at), type: 'rules', ...fields })
}

/**
 * Rules that change the ones in force; public with their time. The commitment, the operator's key and the way back from
 * quicknet to none are closed, and after lock 1 only the beacon may change.
 * @throws {RangeError} for any other change, or while an attempt is open
 */
export function nextRules(
  records: readonly ChainRecord[],
  at: Date,
  changes: Partial<Omit<RulesFields, 'seedCommitment' | 'operatorKey'>>,
): RulesRecord {
  const { rules, openLock, firstLock } = foldRecords(records)
  if (rules === null) throw new RangeError('an event without rules has nothing to change')
  if (openLock !== null) throw new RangeError(`attempt ${openLock.attempt} is open: finish it first`)
  const { v: _v, type: _type, eventId, seq: _seq, prev: _prev, at: _at, ...fields } = rules
  const next: RulesRecord = parsed({ ...place(eventId, records, at), type: 'rules', ...fields, ...changes })
  const error = amendmentError(rules, next, firstLock !== null)
  if (error !== null) throw new RangeError(error)
  return next
}

/** What an amendment may not do, as a sentence; null where it may. */
export function amendmentError(from: RulesRecord, to: RulesRecord, locked: boolean): string | null {
  for (const key of ['seedCommitment', 'operatorKey'] as const) {
    if (from[key] !== to[key]) return `the rules must never change ${key}`
  }
  if (from.beacon === 'quicknet' && to.beacon === 'none')
    return 'the rules must never go from quicknet to none'
  const settled = [
    'winnerCount',
    'alternateCount',
    'visitBonus',
    'endsAt',
    'beaconDelay',
    'textHash',
  ] as const
  for (const key of settled) {
    if (locked && from[key] !== to[key]) return `the rules must not change ${key} after the first lock`
  }
  return null
}

/**
 * The lock of the next attempt: attempt 1 with the counts of the rules, a later one for the slots left empty.
 * @param list from {@link listSummary}; a later attempt must be given the list of attempt 1
 * @param serverSeed `secretFor(attempt)` of the seed chain; null where it is lost
 * @throws {RangeError} while an attempt is open, before endsAt, without an empty slot, or with too few entries
 */
export function nextLock(
  records: readonly ChainRecord[],
  at: Date,
  list: ListSummary,
  serverSeed: string | null,
): LockRecord {
  const state = foldRecords(records)
  const { rules, firstLock, openLock } = state
  if (rules === null) throw new RangeError('an event without rules cannot be locked')
  if (openLock !== null) throw new RangeError(`attempt ${openLock.attempt} is open: finish it first`)
  const head = place(rules.eventId, records, at)
  if (firstLock === null && rules.endsAt !== null && head.at < rules.endsAt) {
    throw new RangeError(
      `the rules say that the event ends at ${rules.endsAt}: amend them before an earlier lock`,
    )
  }
  if (firstLock !== null && !isSameList(firstLock, list)) {
    throw new RangeError('a later attempt must be drawn from the list of the first')
  }
  const winnerCount = firstLock === null ? rules.winnerCount : emptySlots(state).length
  const alternateCount = firstLock === null ? rules.alternateCount : 0
  if (winnerCount === 0) throw new RangeError('no slot is empty, so nothing may be drawn')
  const left = list.eligibleCount - state.drawnIndexes.length
  if (winnerCount + alternateCount > left) {
    throw new RangeError(`${winnerCount + alternateCount} are to be drawn, and only ${left} can be`)
  }
  if (serverSeed === null && rules.beacon === 'none') {
    throw new RangeError('without the secret an attempt can only be drawn with a beacon')
  }
  return parsed({
    ...head,
    type: 'lock',
    attempt: state.attempts + 1,
    algorithm: ALGORITHM,
    entryCount: list.entryCount,
    eligibleCount: list.eligibleCount,
    totalTickets: list.totalTickets,
    entriesRoot: list.entriesRoot,
    winnerCount,
    alternateCount,
    serverSeed,
    round: rules.beacon === 'none' ? null : roundAfter(Date.parse(head.at), rules.beaconDelay),
  })
}

/**
 * The result of the open attempt: a function of lock, list and round, so that any worker finishes it.
 * @param entries the locked list
 * @param signature the round's, already checked by `verifyBeacon`; null without a beacon
 * @throws {RangeError} where no attempt is open, or signature and lock do not go together
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
  return parsed({ ...place(eventId, records, at), type: 'result', attempt, signature, seed, draws })
}

/** Empties a slot and promotes the lowest waiting rank, where one waits. @throws {RangeError} where it is not held. */
export function nextWithdraw(
  records: readonly ChainRecord[],
  at: Date,
  slot: number,
  reason: WithdrawReason,
): WithdrawRecord {
  const { rules, openLock, slots, waiting } = foldRecords(records)
  if (openLock !== null) throw new RangeError(`attempt ${openLock.attempt} is open: finish it first`)
  if (rules === null || !slots[slot - 1]) throw new RangeError(`nobody holds slot ${slot}`)
  const filledBy = waiting[0]?.rank ?? null
  return parsed({ ...place(rules.eventId, records, at), type: 'withdraw', slot, reason, filledBy })
}

function isSameList(lock: ListSummary, list: ListSummary): boolean {
  return (
    lock.entryCount === list.entryCount &&
    lock.eligibleCount === list.eligibleCount &&
    lock.totalTickets === list.totalTickets &&
    lock.entriesRoot === list.entriesRoot
  )
}

/** The head of the next record. A clock that went back does not take the chain with it. */
function place(eventId: string, records: readonly ChainRecord[], at: Date) {
  const last = records.at(-1)
  const now = at.toISOString()
  return {
    v: PROTOCOL,
    eventId,
    seq: records.length,
    prev: last === undefined ? NO_PREVIOUS : recordHash(last),
    at: last !== undefined && last.at > now ? last.at : now,
  }
}

function parsed<Made extends ChainRecord>(record: object): Made {
  return parseRecord(record) as Made
}
