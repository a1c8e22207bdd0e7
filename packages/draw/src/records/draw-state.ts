import type { Drawn } from '../draw.ts'
import type {
  CancelRecord,
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
  /** The record that ended the chain before a lock. */
  cancelled: CancelRecord | null
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
  return new RecordFold(records).state
}

/**
 * The numbers of the slots without a holder, ascending.
 * @example
 * // after the example of foldRecords
 * import { emptySlots } from '@eungmo/draw/records'
 *
 * emptySlots(state) // => []
 */
export function emptySlots({ slots }: Pick<DrawState, 'slots'>): number[] {
  return slots.flatMap((holder, at) => (holder === null ? [at + 1] : []))
}

/** The state of a chain that grows: each further record costs the same, however long the chain is. */
export class RecordFold {
  readonly #state: DrawState = {
    rules: null,
    lockedRules: null,
    firstLock: null,
    openLock: null,
    attempts: 0,
    slots: [],
    waiting: [],
    withdrawals: [],
    drawnIndexes: [],
    cancelled: null,
  }
  /** How many of `#state.waiting` were promoted since. */
  #promoted = 0

  constructor(records: readonly ChainRecord[]) {
    for (const record of records) this.apply(record)
  }

  get state(): DrawState {
    return { ...this.#state, waiting: this.#state.waiting.slice(this.#promoted) }
  }

  /** The alternate that the next withdrawal promotes; null where none waits. */
  get lowestWaiting(): Drawn | null {
    return this.#state.waiting[this.#promoted] ?? null
  }

  hasHolder(slot: number): boolean {
    return Boolean(this.#state.slots[slot - 1])
  }

  /** @throws {VacancyError} like {@link foldRecords} */
  apply(record: ChainRecord): void {
    if (record.type === 'rules') this.#state.rules = record
    else if (record.type === 'lock') this.#applyLock(record)
    else if (record.type === 'result') this.#applyResult(record)
    else if (record.type === 'withdraw') this.#applyWithdraw(record)
    else this.#state.cancelled = record
  }

  #applyLock(lock: LockRecord): void {
    const state = this.#state
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

  #applyResult({ attempt, draws }: ResultRecord): void {
    const state = this.#state
    state.openLock = null
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

  #applyWithdraw({ seq, slot, reason, filledBy }: WithdrawRecord): void {
    const { slots, withdrawals } = this.#state
    const holder = slots[slot - 1]
    if (holder === undefined) throw new VacancyError(`there is no prize slot ${slot}`)
    if (holder === null) throw new VacancyError(`slot ${slot} is empty already`)
    const next = this.lowestWaiting
    if (filledBy !== (next?.rank ?? null)) {
      throw new VacancyError(
        next === null
          ? `slot ${slot} was filled by rank ${filledBy}, but no rank is waiting`
          : `slot ${slot} must be filled by rank ${next.rank}, the lowest that waits, not by ${filledBy ?? 'none'}`,
      )
    }
    if (next !== null) this.#promoted++
    withdrawals.push({ seq, slot, reason, holder, filledBy })
    slots[slot - 1] = next === null ? null : { attempt: 1, draw: next }
  }
}
