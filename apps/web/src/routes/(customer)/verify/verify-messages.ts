import type { Step, Verification } from '@eungmo/draw/verify'

/** What the worker is to check. Addresses are absolute. */
export interface VerifyRequest {
  transcriptUrl: string
  /** Null for a cancelled event, which has no list. */
  entriesUrl: string | null
  /** The number of lines in the list, from the lock record. */
  entryCount: number
  /** The signed receipt that this browser stores, as text. */
  receipt: string | null
  /** The newest head of the chain that this browser has seen. */
  head: string | null
}

/** The worker's messages, in this order; the last is `done` or `unreachable`. */
export type VerifyReport =
  | { kind: 'downloading'; entries: number }
  | { kind: 'checking'; step: Step; done: number; total: number }
  | { kind: 'done'; verification: Verification; milliseconds: number }
  | { kind: 'unreachable'; message: string }
