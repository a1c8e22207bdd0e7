import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { events } from './events.ts'

/**
 * Why personal data was destroyed: its period was over (of those who did not win, of winners and alternates),
 * the event was cancelled, the owner destroyed it earlier, or the entrant withdrew consent.
 */
export const DESTRUCTION_REASONS = ['not-won', 'won', 'cancelled', 'requested', 'withdrawn'] as const
export type DestructionReason = (typeof DESTRUCTION_REASONS)[number]

/** The reasons that no date repeats: after a backup was restored, only the journal knows of them. */
export const EARLY_REASONS = ['requested', 'withdrawn'] as const satisfies readonly DestructionReason[]
export type EarlyReason = (typeof EARLY_REASONS)[number]

/**
 * What was destroyed, per event, reason and version of the consent text. Every batch adds to its record in the
 * statement that destroys. It names nobody.
 */
export const destructionRecords = pgTable(
  'destruction_records',
  {
    id: uuid().primaryKey(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'restrict' }),
    reason: text({ enum: DESTRUCTION_REASONS }).notNull(),
    /** The version of the consent text that the participants had agreed to. */
    consentVersion: integer('consent_version').notNull(),
    /** Participants whose personal data was destroyed. */
    count: integer().notNull(),
    /** When the first and the last of them had entered, cut to the hour. */
    oldestEntryAt: instant('oldest_entry_at').notNull(),
    newestEntryAt: instant('newest_entry_at').notNull(),
    startedAt: instant('started_at').notNull().defaultNow(),
    /** Of the newest batch. */
    destroyedAt: instant('destroyed_at').notNull().defaultNow(),
  },
  (t) => [
    unique('destruction_records_event_reason_version_key').on(t.eventId, t.reason, t.consentVersion),
    check('destruction_records_count_check', sql`${t.count} >= 1`),
  ],
)

/**
 * Whose personal data was destroyed before its date, one row per batch, written by the statement that destroys.
 * Copied to the file DESTRUCTION_JOURNAL, from which a restored backup learns of it. Opaque ids and times only.
 */
export const destructionJournal = pgTable(
  'destruction_journal',
  {
    id: uuid().primaryKey(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'restrict' }),
    reason: text({ enum: EARLY_REASONS }).notNull(),
    participantIds: uuid('participant_ids').array().notNull(),
    destroyedAt: instant('destroyed_at').notNull().defaultNow(),
  },
  (t) => [index('destruction_journal_destroyed_at_idx').on(t.destroyedAt)],
)
