import type { EntryErrors } from './entry-errors.ts'
import type { EntryValues } from './entry-rules.ts'

/** What the form receives when an entry was rejected, with everything that was typed. */
export interface EntryFailure {
  /** The API's error code, or PREVIEW. */
  code: string
  values: EntryValues
  submissionId: string
  /** Of the marketing text whose box was ticked. */
  marketingVersion?: number | undefined
  errors: EntryErrors
  /** The message, unless it belongs to a field. */
  general: string | null
}
