import { violatedConstraint } from '@eungmo/db/connection/statement-error'

const keys = new Set(['participants_event_application_number_key', 'participants_event_entry_id_key'])

/** Whether an entry was refused because its event has its application number, or the entry id made of it, already: a new number helps. */
export const isNumberTaken = (error: unknown): boolean => keys.has(violatedConstraint(error))
