import type { EntryErrors, EntryValues } from './entry-rules.ts'

/** What the form gets back when an entry was not taken; it holds everything that was typed. */
export interface EntryFailure {
  /** The error's code, or PREVIEW. */
  code: string
  values: EntryValues
  submissionId: string
  errors: EntryErrors
  /** What belongs to no field. */
  general: string | null
}
