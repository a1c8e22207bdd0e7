import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea, instant } from './columns.ts'
import { events } from './events.ts'

/**
 * An event's append-only hash chain of rules, lock, result and withdraw records. draw_logs and draw_winners
 * are projections of it.
 */
export const drawRecords = pgTable(
  'draw_records',
  {
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'restrict' }),
    seq: integer().notNull(),
    type: text({ enum: ['rules', 'lock', 'result', 'withdraw', 'cancel'] }).notNull(),
    /** The record exactly as hashed: canonical JSON (RFC 8785 subset). */
    record: text().notNull(),
    hash: bytea().notNull(),
    signature: bytea(),
    /** The Korean text that a rules record's textHash commits to. */
    rulesText: text('rules_text'),
    /** Why the rules were changed at draw time; null without a reason. */
    changeReason: text('change_reason'),
    /** Number of entries when a rules record was written. */
    entriesSoFar: integer('entries_so_far'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.eventId, t.seq] }),
    unique('draw_records_event_hash_key').on(t.eventId, t.hash),
  ],
)

/** The size and root of an event's locked entry list, written once, at its first lock. */
export const lockedLists = pgTable('locked_lists', {
  eventId: uuid('event_id')
    .primaryKey()
    .references(() => events.id, { onDelete: 'restrict' }),
  entryCount: integer('entry_count').notNull(),
  entriesRoot: bytea('entries_root').notNull(),
  /** How many entries sit out as those of earlier winners. */
  earlierWinners: integer('earlier_winners').notNull().default(0),
  /** How many entries the owner excluded as those of the shop's staff, */
  excludedStaff: integer('excluded_staff').notNull().default(0),
  /** as further entries of one person, */
  excludedDuplicates: integer('excluded_duplicates').notNull().default(0),
  /** and as those of people who do not meet the conditions. */
  excludedIneligible: integer('excluded_ineligible').notNull().default(0),
  lockedAt: instant('locked_at').notNull(),
})

/**
 * The locked list in parts: CSV lines `id,tickets,reason`, ascending by id, exactly as hashed and published.
 * It holds no personal data.
 */
export const lockedListParts = pgTable(
  'locked_list_parts',
  {
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'restrict' }),
    /** From 0. */
    part: integer().notNull(),
    /** ASCII. */
    bytes: bytea().notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.part] })],
)

/** One row per attempt. `drawn_at` is null between lock and result. */
export const drawLogs = pgTable(
  'draw_logs',
  {
    id: uuid().primaryKey(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'restrict' }),
    attempt: integer().notNull(),
    previousDrawLogId: uuid('previous_draw_log_id'),
    drawMethod: text('draw_method', { enum: ['uniform', 'visit-bonus'] }).notNull(),
    /** Name and version, `strike-out/chacha20/1`. */
    algorithm: text().notNull(),
    winnerCount: integer('winner_count').notNull(),
    alternateCount: integer('alternate_count').notNull().default(0),
    /** Extra tickets for a visit in this draw; 0 means the bonus was not used. */
    visitBonus: integer('visit_bonus').notNull().default(0),
    bonusUsed: boolean('bonus_used').notNull(),
    entryCount: integer('entry_count').notNull(),
    eligibleCount: integer('eligible_count').notNull(),
    totalTickets: text('total_tickets').notNull(),
    /** seq of its lock record. */
    lockSeq: integer('lock_seq').notNull(),
    /** The drand round that decides it; null without a beacon. */
    round: text(),
    /** When the beacon's round is due; null without a beacon. */
    drawsAt: instant('draws_at'),
    /** Differences from the published rules and their reason; null without any. */
    deviation: jsonb().$type<{
      winnerCount?: { published: number; drawn: number }
      alternateCount?: { published: number; drawn: number }
      endsAt?: { published: string; drawn: string }
      drawAt?: { published: string; drawn: string }
      changeReason: string | null
    }>(),
    /** Whether it was drawn by itself at the published time. */
    isAutomatic: boolean('is_automatic').notNull().default(false),
    /** The user who drew, or created the API key; null where it was drawn by itself. */
    requestedBy: text('requested_by'),
    lockedAt: instant('locked_at').notNull(),
    drawnAt: instant('drawn_at'),
    /** How often finishing it failed in a row. */
    failures: integer().notNull().default(0),
    /** When finishing it is tried next; null as soon as possible. */
    nextTryAt: instant('next_try_at'),
  },
  (t) => [
    unique('draw_logs_event_attempt_key').on(t.eventId, t.attempt),
    // At most one open attempt per event.
    uniqueIndex('draw_logs_open_attempt_key').on(t.eventId).where(sql`${t.drawnAt} is null`),
    foreignKey({ columns: [t.previousDrawLogId], foreignColumns: [t.id], name: 'draw_logs_previous_fkey' }),
  ],
)

/** The winners and alternates of an attempt. A winner holds a prize slot; an alternate waits without one. */
export const drawWinners = pgTable(
  'draw_winners',
  {
    drawLogId: uuid('draw_log_id')
      .notNull()
      .references(() => drawLogs.id, { onDelete: 'restrict' }),
    /** Rank within the attempt, from 1. */
    drawRank: integer('draw_rank').notNull(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'restrict' }),
    /** Prize slot from 1; null while an alternate waits. */
    slot: integer(),
    prize: text(),
    entryIndex: integer('entry_index').notNull(),
    entryId: text('entry_id').notNull(),
    participantId: uuid('participant_id').notNull(),
    /**
     * The hash of salt and phone number that opens the entry in the transcript, 32 bytes; written when the slot
     * is taken, null where the phone number's envelope is gone or did not open.
     */
    person: bytea(),
    standing: text({ enum: ['alternate', 'selected', 'withdrawn'] }).notNull(),
    selectedAt: instant('selected_at'),
    withdrawnAt: instant('withdrawn_at'),
    withdrawReason: text('withdraw_reason'),
    /** Envelope of the owner's note, never public. */
    withdrawNote: bytea('withdraw_note'),
    /** 8 random bytes that name the winner in derived links; null without a slot, and once destroyed. */
    linkId: bytea('link_id'),
    /** Raised to make every earlier link invalid. */
    linkVersion: integer('link_version').notNull().default(1),
    /** When the winner confirmed on the claim page. */
    claimedAt: instant('claimed_at'),
    /** When the prize was handed over or sent; null before. */
    handedOverAt: instant('handed_over_at'),
    /** The user who handed it over; null where an API key did, or before. */
    handedOverBy: uuid('handed_over_by'),
  },
  (t) => [
    primaryKey({ columns: [t.drawLogId, t.drawRank] }),
    unique('draw_winners_event_entry_key').on(t.eventId, t.entryIndex),
    unique('draw_winners_link_key').on(t.linkId),
    // At most one current holder per prize slot.
    uniqueIndex('draw_winners_slot_key').on(t.eventId, t.slot).where(sql`${t.standing} = 'selected'`),
    check(
      'draw_winners_standing_check',
      sql`(${t.standing} = 'alternate') = (${t.slot} is null) and (${t.standing} = 'withdrawn') = (${t.withdrawnAt} is not null)`,
    ),
  ],
)

/** What a winner entered on the claim page. The row is deleted 30 days after the hand-over at the latest. */
export const claims = pgTable(
  'claims',
  {
    drawLogId: uuid('draw_log_id').notNull(),
    drawRank: integer('draw_rank').notNull(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'restrict' }),
    participantId: uuid('participant_id').notNull(),
    /** Envelope of the pick-up day, or of name and address. */
    details: bytea().notNull(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.drawLogId, t.drawRank] }),
    index('claims_event_participant_idx').on(t.eventId, t.participantId),
    foreignKey({
      columns: [t.drawLogId, t.drawRank],
      foreignColumns: [drawWinners.drawLogId, drawWinners.drawRank],
      name: 'claims_winner_fkey',
    }),
  ],
)

/** How the shop tried to reach a winner. */
export const CONTACT_MEANS = ['phone', 'sms', 'email', 'visit', 'other'] as const

/** An attempt to reach a winner, logged by who made it. */
export const contactAttempts = pgTable(
  'contact_attempts',
  {
    id: uuid().primaryKey(),
    drawLogId: uuid('draw_log_id').notNull(),
    drawRank: integer('draw_rank').notNull(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'restrict' }),
    participantId: uuid('participant_id').notNull(),
    at: instant('at').notNull().defaultNow(),
    /** The user. */
    attemptedBy: uuid('attempted_by').notNull(),
    means: text({ enum: CONTACT_MEANS }).notNull(),
    /** Envelope of a private note; null without one. */
    note: bytea(),
  },
  (t) => [
    index('contact_attempts_event_participant_idx').on(t.eventId, t.participantId),
    index('contact_attempts_winner_idx').on(t.drawLogId, t.drawRank),
    foreignKey({
      columns: [t.drawLogId, t.drawRank],
      foreignColumns: [drawWinners.drawLogId, drawWinners.drawRank],
      name: 'contact_attempts_winner_fkey',
    }),
  ],
)
