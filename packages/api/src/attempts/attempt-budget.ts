import { createHmac } from 'node:crypto'
import {
  type AttemptLimits,
  deleteExpiredBudgets,
  returnAttempts,
  takeAttempts,
} from '@eungmo/db/queries/attempt-budgets'
import type { Dependencies } from '../dependencies.ts'
import { DAY_MS } from '../seoul-time.ts'

/** What is to be shown or changed. */
export type AttemptPurpose =
  | 'self-check'
  | 'receipt'
  | 'own-data'
  | 'sign-in'
  | 'change-password'
  | 'sign-in-again'
  | 'second-factor'
  | 'one-time-code'
  | 'reset-password'
  | 'invite'
  | 'claim'
  | 'renew-link'
  | 'number'
  | 'number-of-day'
  | 'number-of-phone'
  | 'number-of-address'

/** What the person proves it with. */
export type ProofKind =
  | 'phone'
  | 'receipt-and-phone'
  | 'last-four-digits'
  | 'password'
  | 'code'
  | 'e-mail'
  /** Of a member, who has proved who they are: what is limited is the press itself. */
  | 'press'

export interface Attempt {
  purpose: AttemptPurpose
  proof: ProofKind
  /**
   * What the attempt is about, each with a budget of its own: an application number, and the phone number
   * that was tried with it.
   */
  subjects: readonly string[]
}

export interface AttemptOutcome {
  /** False when a budget is exhausted: then the attempt must fail, however right it is. */
  allowed: boolean
  /**
   * Ends the attempt, always with one statement. An attempt that succeeded, or that was not allowed, costs
   * nothing.
   */
  settle(succeeded: boolean): Promise<void>
}

const SECOND_MS = 1_000

/** Five attempts without a wait, then waits of 30 s, 1 min, 2 min and so on: at most 17 a day. */
export const ATTEMPT_LIMITS: AttemptLimits = { free: 5, firstWaitMs: 30 * SECOND_MS, periodMs: DAY_MS }

type BudgetDependencies = Pick<Dependencies, 'db' | 'secrets' | 'observe'>

/**
 * Takes one attempt from the budget of each subject. The budgets are shared by all processes, RATE_LIMIT=off
 * does not switch them off, and purposes, subjects and kinds of proof count apart: guesses at one never use
 * up another.
 */
export async function takeAttempt(
  { db, secrets, observe }: BudgetDependencies,
  { purpose, proof, subjects }: Attempt,
  limits: AttemptLimits = ATTEMPT_LIMITS,
): Promise<AttemptOutcome> {
  const secret = secrets.newest.derive('budget')
  const keys = subjects.map((subject) =>
    createHmac('sha256', secret).update(`${purpose}\0${subject}\0${proof}`).digest(),
  )
  const taken = await takeAttempts(db, { keys, limits })
  const allowed = taken.length === keys.length
  if (!allowed) observe({ kind: 'attempts-exhausted', purpose })
  return {
    allowed,
    settle: (succeeded) => returnAttempts(db, succeeded || !allowed ? taken : []),
  }
}

/** Deletes the budgets that no longer count. Returns how many. */
export const expireAttempts = ({ db }: Pick<Dependencies, 'db'>): Promise<number> => deleteExpiredBudgets(db)
