import type { Step, Verification } from '@eungmo/draw/verify'

/** What the page asks the worker to check. Addresses are absolute. */
export interface VerifyRequest {
  transcriptUrl: string
  entriesUrl: string
  /** How many lines the list has, as the lock says. */
  entryCount: number
  /** A signed receipt that this browser keeps, as text. */
  receipt: string | null
  /** The newest head of the chain that this browser has seen. */
  head: string | null
}

/** What the worker answers with, in this order; the last is `done` or `unreachable`. */
export type VerifyReport =
  | { kind: 'downloading'; entries: number }
  | { kind: 'checking'; step: Step; done: number; total: number }
  | { kind: 'done'; verification: Verification; milliseconds: number }
  | { kind: 'unreachable'; message: string }
