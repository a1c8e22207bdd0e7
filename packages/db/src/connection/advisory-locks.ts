/**
 * Every advisory lock of the product, so that no two features share a key by accident. The numbers are part
 * of a running installation: processes of the old and the new version exclude each other only while they
 * agree on them.
 */

/** Held while migrations run: replicas that start together queue for it. */
export const MIGRATION_LOCK = 7_233_001
/** Held by the one process that empties the outbox. */
export const OUTBOX_LEADER_LOCK = 7_233_010
/** Shared by every counting statement, exclusive while the counts are rebuilt. */
export const COUNTING_LOCK = 7_233_011
/** Held while partitions of processed_messages or access_log are created or dropped. */
export const PARTITION_LOCK = 7_233_012
/** Held by the one process that runs the periodic jobs. */
export const JOBS_LOCK = 7_233_013
/** Held by the one process that seals stored envelopes again. */
export const RESEAL_LOCK = 7_233_014
/** Held by the one starting process that destroys again what a restored backup brought back. */
export const DESTRUCTION_LOCK = 7_233_015

/**
 * The lock in front of an event, as an SQL expression that waits for it and holds it until the transaction
 * ends. Entries and visit marks take it shared, in entry_terms(); a change of the event takes it exclusively,
 * which is this form: its holder knows that no entry is in progress. The queue of an advisory lock is fair,
 * whereas shared row locks overtake a waiting FOR UPDATE without end. A trigger takes it where an update did
 * not.
 * @param eventId an SQL expression of type uuid
 */
export const exclusiveEventGate = (eventId: string): string => `pg_advisory_xact_lock(event_gate(${eventId}))`
