/**
 * The advisory lock in front of an event's row: entries and visit marks take it shared, the lock of a draw takes it exclusively, and
 * each before its row lock. Its queue is fair, whereas share lockers of a row pass a waiting FOR UPDATE for ever.
 * @param eventId an SQL expression of type uuid
 */
export const sharedEventGate = (eventId: string): string => `pg_advisory_xact_lock_shared(${key(eventId)})`

/** The exclusive form: whoever holds it knows that no entry is under way. Held until the transaction ends. */
export const exclusiveEventGate = (eventId: string): string => `pg_advisory_xact_lock(${key(eventId)})`

/** The seed keeps these keys apart from other uses of advisory locks. */
const key = (eventId: string) => `hashtextextended((${eventId})::text, 7233002)`
