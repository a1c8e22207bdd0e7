import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { asciiText, bytea, instant } from './columns.ts'

/**
 * One row per participation. Destroying personal data sets its columns (see personal-columns.ts) to null; the
 * row stays. The primary key and every unique key begin with event_id, so that the table can be partitioned
 * by event.
 */
export const participants = pgTable(
  'participants',
  {
    /**
     * References events without a foreign key, whose check locked the event's row with every entry.
     * entry_terms() and events_gate take its place.
     */
    eventId: uuid('event_id').notNull(),
    /** UUIDv7, also the message id of its ParticipantRegistered. */
    id: uuid().notNull(),
    /** Envelope of the name. */
    name: bytea(),
    /** Envelope of the entry's salt and the E.164 number. */
    phoneNumber: bytea('phone_number'),
    /** 16 bytes, a keyed hash of event and E.164 number, for uniqueness and look-up. */
    phoneIndex: bytea('phone_index'),
    entryPath: text('entry_path').notNull(),
    applicationNumber: text('application_number'),
    participatedAt: instant('participated_at').notNull(),
    /**
     * A keyed hash of event and the id of the rendered form (REST: the Idempotency-Key). It distinguishes a
     * retry from a second entry.
     */
    submissionId: uuid('submission_id'),
    visited: boolean().notNull().default(false),
    visitedAt: instant('visited_at'),
    /** The user who marked the visit; null where the link of the store's QR code did. */
    visitMarkedBy: uuid('visit_marked_by'),
    /** Whether a receipt of the marked visit was signed: the entrant may hold it, so the mark is final. */
    visitSigned: boolean('visit_signed').notNull().default(false),
    /** The draw list's opaque id: hash of event, application number and person. */
    entryId: asciiText('entry_id').notNull(),
    consentedAt: instant('consented_at').notNull(),
    consentVersion: integer('consent_version').notNull(),
    /** When the optional marketing box was ticked, and the version of its text; both null where it was not. */
    marketingConsentedAt: instant('marketing_consented_at'),
    marketingVersion: integer('marketing_version'),
    /** seq of the rules record in force when the entry was accepted. */
    rulesSeq: integer('rules_seq').notNull(),
    /** Whether the participant ever won; never reset. The current standing is in draw_winners. */
    isWinner: boolean('is_winner').notNull().default(false),
    wonAt: instant('won_at'),
    /** 0, or why the entry takes no part in the draw (eungmo-draw reason codes 1 to 7). */
    exclusionReason: smallint('exclusion_reason').notNull().default(0),
    /** When an owner excluded the entry; null where the lock did, or the entrant withdrew. */
    excludedAt: instant('excluded_at'),
    /** The user who excluded it; null where an API key did, or before. */
    excludedBy: uuid('excluded_by'),
    /** The pasted list of numbers that excluded it; null for an entry that was chosen alone. */
    exclusionPasteId: uuid('exclusion_paste_id'),
    /** Envelope of the owner's private note; null without one. */
    exclusionNote: bytea('exclusion_note'),
    /** When the entrant withdrew, cut to the hour: the personal data went with it, and the row stays. */
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [
    primaryKey({ columns: [t.eventId, t.id] }),
    unique('participants_event_phone_key').on(t.eventId, t.phoneIndex),
    unique('participants_event_application_number_key').on(t.eventId, t.applicationNumber),
    // The index includes visited and exclusion_reason (in the migration's SQL), so that a lock reads the list
    // from the index alone.
    unique('participants_event_entry_id_key').on(t.eventId, t.entryId),
    // For the filters of the list of participants: a page of any of them reads its own rows only. Partial ones
    // cost an entry nothing until it is in their state.
    index('participants_event_path_idx').on(t.eventId, t.entryPath, t.id),
    index('participants_visited_idx').on(t.eventId, t.id).where(sql`${t.visited}`),
    index('participants_winners_idx').on(t.eventId, t.id).where(sql`${t.isWinner}`),
    index('participants_excluded_idx')
      .on(t.eventId, t.id)
      .where(sql`${t.exclusionReason} <> 0 and ${t.withdrawnAt} is null`),
    index('participants_withdrawn_idx').on(t.eventId, t.id).where(sql`${t.withdrawnAt} is not null`),
    check('participants_exclusion_reason_check', sql`${t.exclusionReason} between 0 and 7`),
  ],
)

/**
 * Messages that wait to be published. Rows are deleted, never skipped by "id > last", since they commit out
 * of order.
 */
export const outbox = pgTable(
  'outbox',
  {
    /** UUIDv7; for ParticipantRegistered the participant's id. */
    messageId: uuid('message_id').primaryKey(),
    eventType: text('event_type').notNull(),
    schemaVersion: smallint('schema_version').notNull(),
    /** The key on the topic: the participant's id, or the event's for EntryPageViewed. */
    key: uuid().notNull(),
    payload: jsonb().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  // Views are published apart from entries: neither waits for the other.
  (t) => [index('outbox_views_idx').on(t.messageId).where(sql`event_type = 'EntryPageViewed'`)],
)
