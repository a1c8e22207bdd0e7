import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea, instant } from './columns.ts'
import { shops } from './shops.ts'

/** The stored statuses. The phases scheduled, open and closed follow from the database's clock. */
export const eventStatuses = ['draft', 'published', 'locked', 'drawn', 'cancelled'] as const
export type EventStatus = (typeof eventStatuses)[number]

/** Why an event was cancelled by itself. */
export const cancelReasons = ['no-entries'] as const

export const events = pgTable(
  'events',
  {
    id: uuid().primaryKey(),
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shops.id, { onDelete: 'restrict' }),
    slug: text().notNull().unique(),
    title: text().notNull(),
    story: text().notNull().default(''),
    startsAt: instant('starts_at').notNull(),
    /** Whether a draft starts the moment it is published; false from then on. */
    startsAtPublication: boolean('starts_at_publication').notNull().default(false),
    endsAt: instant('ends_at').notNull(),
    announcementDate: instant('announcement_date').notNull(),
    winnerCount: integer('winner_count').notNull(),
    alternateCount: integer('alternate_count').notNull().default(0),
    /** Extra tickets for a visit to the shop, 0 to 100; null where the draw decides between none and one. */
    visitBonus: integer('visit_bonus'),
    status: text({ enum: eventStatuses }).notNull().default('draft'),
    beacon: text({ enum: ['none', 'quicknet'] })
      .notNull()
      .default('none'),
    /** Seconds from the lock to the public randomness. */
    beaconDelay: integer('beacon_delay').notNull().default(30),
    /** Days within which a winner must claim the prize, 3 to 30. */
    claimDays: smallint('claim_days').notNull().default(14),
    /** Whether the draw starts by itself, a minute after entries close. */
    drawsAutomatically: boolean('draws_automatically').notNull().default(false),
    /** Months for which winners of earlier events take no part, 0 to 3. */
    sitOutMonths: smallint('sit_out_months').notNull().default(0),
    /** Id of the secret key for this event's indexes and signatures, from its publication on for life. */
    keyId: text('key_id').notNull(),
    /** The head of the secret seed chain (s_256), encrypted; written at publication. */
    seedCiphertext: bytea('seed_ciphertext'),
    /** The token of the in-store QR code. After a renewal, older prints no longer earn the visit bonus. */
    visitToken: text('visit_token').notNull(),
    /** seq of the current rules record; null before publication. */
    rulesSeq: integer('rules_seq'),
    /** Newest version in consent_texts; null before publication. */
    consentVersion: integer('consent_version'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
    publishedAt: instant('published_at'),
    cancelledAt: instant('cancelled_at'),
    /** Why it was cancelled by itself; null where the owner did it, or the date came for its data. */
    cancelReason: text('cancel_reason', { enum: cancelReasons }),
    /** How often drawing it by itself failed in a row. */
    drawFailures: integer('draw_failures').notNull().default(0),
    /** When drawing it by itself is tried next; null as soon as it is due. */
    nextDrawTryAt: instant('next_draw_try_at'),
    /** When the last of the entrants' personal data was destroyed; null while some is stored, or may come. */
    destroyedAt: instant('destroyed_at'),
    /** When the owner had the entrants' personal data destroyed before its date; null where it was not. */
    destructionRequestedAt: instant('destruction_requested_at'),
    /** Whether the form asks, in a box of its own, for consent to the shop's news. */
    asksMarketing: boolean('asks_marketing').notNull().default(false),
    /** Newest version in marketing_texts; null where none was published. */
    marketingVersion: integer('marketing_version'),
    /** Since when the operator pauses it; null, like the reason, while it runs. */
    pausedAt: instant('paused_at'),
    /** What its pages say, as the operator wrote it. */
    pauseReason: text('pause_reason'),
  },
  (t) => [
    index('events_shop_id_idx').on(t.shopId, t.createdAt),
    index('events_destruction_requested_idx')
      .on(t.destructionRequestedAt)
      .where(sql`${t.destructionRequestedAt} is not null and ${t.destroyedAt} is null`),
    index('events_draw_due_idx')
      .on(t.endsAt)
      .where(sql`${t.drawsAutomatically} and ${t.status} = 'published'`),
    check('events_times_check', sql`${t.startsAt} < ${t.endsAt} and ${t.endsAt} <= ${t.announcementDate}`),
    check('events_winner_count_check', sql`${t.winnerCount} >= 1`),
    check('events_visit_bonus_check', sql`${t.visitBonus} between 0 and 100`),
    check('events_alternate_count_check', sql`${t.alternateCount} >= 0`),
    check('events_status_check', sql`${t.status} in ('draft', 'published', 'locked', 'drawn', 'cancelled')`),
    check('events_claim_days_check', sql`${t.claimDays} between 3 and 30`),
    check('events_sit_out_months_check', sql`${t.sitOutMonths} between 0 and 3`),
    check('events_cancel_reason_check', sql`${t.cancelReason} is null or ${t.status} = 'cancelled'`),
    check('events_pause_check', sql`(${t.pausedAt} is null) = (${t.pauseReason} is null)`),
  ],
)

export const prizes = pgTable(
  'prizes',
  {
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    /** From 1. Ranks fill prizes in this order. */
    position: integer().notNull(),
    name: text().notNull(),
    count: integer().notNull(),
    /** What one is worth, in won, 0 to 1,000,000,000; null where the owner named no value. */
    valueWon: integer('value_won'),
    /** Whether the owner pays the tax on it in the winner's place. */
    ownerPaysTax: boolean('owner_pays_tax').notNull().default(false),
    /** Whether it is sent to the winner, rather than picked up. */
    isDelivered: boolean('is_delivered').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.eventId, t.position] }),
    check('prizes_count_check', sql`${t.count} >= 1`),
    check('prizes_value_check', sql`${t.valueWon} between 0 and 1000000000`),
  ],
)

/** A channel of an event: an entry path with its link and QR code. */
export const channels = pgTable(
  'channels',
  {
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    /** The channel's name, such as '우리동네TV'. */
    entryPath: text('entry_path').notNull(),
    /** For links only: `?via=sns`. */
    code: text().notNull(),
    position: integer().notNull(),
    /** `store` is 매장 방문: it is not offered on the form and needs the visit token. */
    kind: text({ enum: ['link', 'store'] })
      .notNull()
      .default('link'),
    createdAt: instant('created_at').notNull().defaultNow(),
    archived: boolean().notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.eventId, t.entryPath] }),
    unique('channels_event_code_key').on(t.eventId, t.code),
  ],
)

/** The consent texts that an event has shown. A changed text is a new version. */
export const consentTexts = pgTable(
  'consent_texts',
  {
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    ko: text().notNull(),
    en: text().notNull(),
    /**
     * Until when it promises to store the data of those who do not win, and of winners and alternates; both
     * null where the text was replaced before anybody entered.
     */
    othersUntil: instant('others_until'),
    winnersUntil: instant('winners_until'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.version] })],
)

/** The texts of the marketing box that an event has shown. A changed text is a new version. */
export const marketingTexts = pgTable(
  'marketing_texts',
  {
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    ko: text().notNull(),
    en: text().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.version] })],
)
