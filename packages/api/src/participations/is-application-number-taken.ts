import { violatedConstraint } from '@eungmo/db/connection/statement-error'

const constraints = new Set(['participants_event_application_number_key', 'participants_event_entry_id_key'])

/**
 * Whether an entry violated the uniqueness of its application number, or of the entry id derived from it: a
 * new number helps.
 */
export const isApplicationNumberTaken = (error: unknown): boolean =>
  constraints.has(violatedConstraint(error))
