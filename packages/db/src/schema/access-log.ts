import { date, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { shops, users } from './auth.ts'
import { instant } from './columns.ts'

/** What the access log records. */
export const ACCESS_ACTIONS = [
  'list-participants',
  'search-participants',
  'reveal-participant',
  'export-participants',
  'list-winners',
  'export-winners',
  'mark-visit',
  'draw',
  'redraw',
  'create-api-key',
  'revoke-api-key',
  'invite-member',
  'cancel-invitation',
  'add-member',
  'change-role',
  'remove-member',
  'sign-in',
  'fail-sign-in',
  'sign-out',
  'end-sessions',
  'sign-in-again',
  'fail-second-factor',
  'use-recovery-code',
  'add-second-factor',
  'remove-second-factor',
  'renew-recovery-codes',
  'add-passkey',
  'rename-passkey',
  'remove-passkey',
] as const

/**
 * Who looked at personal data, or changed who may. Partitioned by month and append-only (in the migration's
 * SQL): a trigger rejects every update and delete, and old rows expire by dropping partitions. Of entrants it
 * holds opaque ids only.
 */
export const accessLog = pgTable(
  'access_log',
  {
    id: uuid().notNull(),
    at: instant('at').notNull().defaultNow(),
    /** Null for a failed sign-in to an account that belongs to no shop. */
    shopId: uuid('shop_id'),
    /** Null for a failed sign-in to no account. */
    actorKind: text('actor_kind', { enum: ['user', 'api-key'] }),
    /** The id of the user or the API key. */
    actorId: uuid('actor_id'),
    actorRole: text('actor_role', { enum: ['owner', 'staff'] }),
    /** The address that the request came from. */
    clientAddress: text('client_address').notNull(),
    action: text({ enum: ACCESS_ACTIONS }).notNull(),
    eventId: uuid('event_id'),
    /** The participant, API key, user or invitation that it was about. */
    subjectId: uuid('subject_id'),
    /** How many entrants' data it gave access to. */
    people: integer().notNull().default(0),
    /** Why data was exported, as the owner wrote it. */
    purpose: text(),
  },
  (t) => [primaryKey({ columns: [t.id, t.at] }), index('access_log_shop_id_idx').on(t.shopId, t.at, t.id)],
)

/** That an owner looked through the access log of a month. */
export const accessLogReviews = pgTable(
  'access_log_reviews',
  {
    shopId: uuid('shop_id')
      .notNull()
      .references(() => shops.id, { onDelete: 'cascade' }),
    /** The first day of the month, in Seoul's time. */
    month: date().notNull(),
    reviewedBy: uuid('reviewed_by').references(() => users.id, { onDelete: 'set null' }),
    reviewedAt: instant('reviewed_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.shopId, t.month] })],
)
