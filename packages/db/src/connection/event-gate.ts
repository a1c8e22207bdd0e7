/**
 * The advisory lock in front of an event: entries and visit marks take it shared, in entry_terms(), and whoever changes the event takes it
 * exclusively. Its queue is fair, whereas share lockers of a row pass a waiting FOR UPDATE for ever. This is the exclusive form: whoever
 * holds it knows that no entry is under way. Held until the transaction ends; a trigger takes it where an update did not.
 * @param eventId an SQL expression of type uuid
 */
export const exclusiveEventGate = (eventId: string): string => `pg_advisory_xact_lock(event_gate(${eventId}))`
