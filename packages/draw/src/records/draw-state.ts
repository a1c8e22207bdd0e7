import type { Drawn } from '../draw.ts'
import type {
  ChainRecord,
  LockRecord,
  ResultRecord,
  RulesRecord,
  WithdrawReason,
  WithdrawRecord,
} from './record.ts'

/** A drawn entry, and the attempt it was drawn in. */
export interface Holder {
  readonly attempt: number
  readonly draw: Drawn
}

/** A prize slot that was emptied. */
export interface Withdrawal {
  readonly seq: number
  readonly slot: number
  readonly reason: WithdrawReason
  readonly holder: Holder
  /** The rank that took the slot; null where it stayed empty. */
  readonly filledBy: number | null
}

/** The state of an event after its records so far. */
export interface DrawState {
  /** The rules in force. */
  rules: RulesRecord | null
  /** The rules in force at lock 1. */
  lockedRules: RulesRecord | null
  firstLock: LockRecord | null
  /** The lock that has no result yet. */
  openLock: LockRecord | null
  /** Number of attempts locked so far. */
  attempts: number
  /**
   * The holder of prize slot n at position n - 1; null where the slot is empty. No elements before the
   * first result.
   */
  slots: (Holder | null)[]
  /** Alternates not promoted yet, in the order in which they will be. */
  waiting: Drawn[]
  withdrawals: Withdrawal[]
  /** All entries drawn in all attempts: the indexes that are struck in the next one. */
  drawnIndexes: number[]
}

/** A record that breaks the rules for vacancies. */
export class VacancyError extends RangeError {
  override readonly name = 'VacancyError'
}

/**
 * Folds the records of an event into its state: who holds which slot, who waits, what a redraw would lock.
 * @throws {VacancyError} where a record fills or empties slots in another way than SPEC.md section 7 allows
 * @example
 * // after the example of nextResult
 * import { foldRecords } from '@eungmo/draw/records'
 *
 * const state = foldRecords([rules, lock, result])
 * state.slots.map((holder) => holder?.draw.id) // => ['bob']
 * state.waiting.map(({ id }) => id) // => ['alice']
 */
export function foldRecords(records: readonly ChainRecord[]): DrawState {
  const state: DrawState = {
    rules: null,
    lockedRules: null,
    firstLock: null,
    openLock: null,
    attempts: 0,
    slots: [],
    waiting: [],
    withdrawals: [],
    drawnIndexes: [],
  }
  for (const record of records) {
    if (record.type === 'rules') state.rules = record
    else if (record.type === 'lock') applyLock(state, record)
    else if (record.type === 'result') applyResult(state, record)
    else applyWithdraw(state, record)
  }
  return state
}

/**
 * The numbers of the slots without a holder, ascending.
 * @example
 * // after the example of foldRecords
 * import { emptySlots } from '@eungmo/draw/records'
 *
 * emptySlots(state) // => []
 */
export function emptySlots(state: DrawState): number[] {
  return state.slots.flatMap((holder, at) => (holder === null ? [at + 1] : []))
}

function applyLock(state: DrawState, lock: LockRecord): void {
  state.attempts = lock.attempt
  state.openLock = lock
  if (lock.attempt === 1) {
    state.firstLock = lock
    state.lockedRules = state.rules
    return
  }
  const empty = emptySlots(state).length
  if (empty === 0)
    throw new VacancyError(`attempt ${lock.attempt}: no slot is empty, so nothing may be drawn`)
  if (lock.winnerCount !== empty || lock.alternateCount !== 0) {
    throw new VacancyError(
      `attempt ${lock.attempt} must draw for the ${empty} empty slots and without alternates, ` +
        `not ${lock.winnerCount} with ${lock.alternateCount}`,
    )
  }
}

function applyResult(state: DrawState, result: ResultRecord): void {
  state.openLock = null
  const { attempt, draws } = result
  for (const drawn of draws) state.drawnIndexes.push(drawn.index)
  if (attempt === 1) {
    const winnerCount = state.firstLock?.winnerCount ?? 0
    state.slots = draws.slice(0, winnerCount).map((drawn) => ({ attempt, draw: drawn }))
    state.waiting = draws.slice(winnerCount)
    return
  }
  const empty = emptySlots(state)
  draws.forEach((drawn, at) => {
    const slot = empty[at]
    if (slot !== undefined) state.slots[slot - 1] = { attempt, draw: drawn }
  })
}

function applyWithdraw(state: DrawState, record: WithdrawRecord): void {
  const { seq, slot, reason, filledBy } = record
  const holder = state.slots[slot - 1]
  if (holder === undefined) throw new VacancyError(`there is no prize slot ${slot}`)
  if (holder === null) throw new VacancyError(`slot ${slot} is empty already`)
  const next = state.waiting.shift() ?? null
  if (filledBy !== (next?.rank ?? null)) {
    throw new VacancyError(
      next === null
        ? `slot ${slot} was filled by rank ${filledBy}, but no rank is waiting`
        : `slot ${slot} must be filled by rank ${next.rank}, the lowest that waits, not by ${filledBy ?? 'none'}`,
    )
  }
  state.withdrawals.push({ seq, slot, reason, holder, filledBy })
  state.slots[slot - 1] = next === null ? null : { attempt: 1, draw: next }
}
