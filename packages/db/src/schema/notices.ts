import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { instant } from './columns.ts'
import { drawLogs, drawWinners } from './draws.ts'
import { events } from './events.ts'

/**
 * What a notice says: the first three go to a winner's phone, the summary to an owner's e-mail address, and the
 * application number to the phone of an entrant who has forgotten it.
 */
export const NOTICE_KINDS = [
  'won',
  'two-days-left',
  'claim-received',
  'draw-summary',
  'application-number',
] as const

/**
 * - `waiting`: to be sent by the worker.
 * - `sending`: the provider may have it; stored before the provider is called.
 * - `sent`: the provider accepted it.
 * - `unknown`: the provider may have accepted it. Only a person repeats it.
 * - `failed`: the provider rejected it for good, or the phone network did.
 * - `cancelled`: its receiver lost the slot, or no longer needed it, before it was sent.
 */
export const NOTICE_STATES = ['waiting', 'sending', 'sent', 'unknown', 'failed', 'cancelled'] as const

/** Why a notice failed, or still waits after an attempt. */
export const NOTICE_PROBLEMS = ['wrong-number', 'blocked', 'rejected', 'settings', 'unreachable'] as const

/** A message to a winner, an entrant or an owner. It holds neither its receiver nor its text. */
export const notices = pgTable(
  'notices',
  {
    id: uuid().primaryKey(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'restrict' }),
    /** Null for an application number. */
    drawLogId: uuid('draw_log_id').references(() => drawLogs.id, { onDelete: 'restrict' }),
    /** Names the winner within the attempt; null for an application number and a summary. */
    drawRank: integer('draw_rank'),
    /** Null for a summary. */
    participantId: uuid('participant_id'),
    /** The owner who gets the summary; null for every other notice. */
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    kind: text({ enum: NOTICE_KINDS }).notNull(),
    locale: text({ enum: ['ko', 'en'] }).notNull(),
    /** The version of the text that was sent; null before the first attempt. */
    textVersion: smallint('text_version'),
    state: text({ enum: NOTICE_STATES }).notNull().default('waiting'),
    problem: text({ enum: NOTICE_PROBLEMS }),
    /** How often the provider was called. */
    attempts: integer().notNull().default(0),
    /** Waits at least until then. */
    dueAt: instant('due_at').notNull().defaultNow(),
    /** When its state last changed. */
    changedAt: instant('changed_at').notNull().defaultNow(),
    /** The provider's id of the accepted message. */
    providerMessageId: text('provider_message_id'),
    /** When the provider is next queried whether it arrived; null where nothing more is expected. */
    reportDueAt: instant('report_due_at'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    unique('notices_winner_kind_key').on(t.drawLogId, t.drawRank, t.kind),
    unique('notices_owner_kind_key').on(t.drawLogId, t.userId, t.kind),
    index('notices_event_participant_idx').on(t.eventId, t.participantId),
    index('notices_due_idx').on(t.dueAt, t.id).where(sql`${t.state} = 'waiting'`),
    index('notices_sending_idx').on(t.changedAt).where(sql`${t.state} = 'sending'`),
    index('notices_report_due_idx').on(t.reportDueAt).where(sql`${t.reportDueAt} is not null`),
    foreignKey({
      columns: [t.drawLogId, t.drawRank],
      foreignColumns: [drawWinners.drawLogId, drawWinners.drawRank],
      name: 'notices_winner_fkey',
    }),
    check(
      'notices_receiver_check',
      sql`(${t.userId} is null) = (${t.participantId} is not null)
        and (${t.userId} is null and ${t.kind} <> 'application-number') = (${t.drawRank} is not null)
        and (${t.kind} <> 'application-number') = (${t.drawLogId} is not null)`,
    ),
    index('notices_application_number_idx')
      .on(t.eventId, t.createdAt)
      .where(sql`${t.kind} = 'application-number'`),
  ],
)

/** That an owner has sent an event's first notices: winners who move up later are notified without a press. */
export const noticeStarts = pgTable(
  'notice_starts',
  {
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'restrict' }),
    startedBy: uuid('started_by').notNull(),
    /** The language of every notice to the event's winners. */
    locale: text({ enum: ['ko', 'en'] }).notNull(),
    startedAt: instant('started_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.eventId] })],
)
