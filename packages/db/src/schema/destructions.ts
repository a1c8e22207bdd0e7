import { sql } from 'drizzle-orm'
import { check, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'
import { events } from './events.ts'

/**
 * Why personal data was destroyed: its period was over (of those who did not win, of winners and alternates),
 * the event was cancelled, the owner destroyed it earlier, or the entrant withdrew consent.
 */
export const DESTRUCTION_REASONS = ['not-won', 'won', 'cancelled', 'requested', 'withdrawn'] as const
export type DestructionReason = (typeof DESTRUCTION_REASONS)[number]

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
