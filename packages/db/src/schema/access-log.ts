import { sql } from 'drizzle-orm'
import { date, index, integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { users } from './auth.ts'
import { instant } from './columns.ts'
import { shops } from './shops.ts'

/** Looks at entrants' data, and what is done with it. */
const DATA_ACTIONS = [
  'list-participants',
  'search-participants',
  'reveal-participant',
  'export-participants',
  'list-winners',
  'export-winners',
  'export-prize-tax',
  'read-own-data',
  'correct-own-name',
  'withdraw-own-marketing',
  'read-own-claim',
  'confirm-own-claim',
  'decline-own-prize',
  'disown-entry',
  'reveal-claim',
  'renew-claim-link',
  'mark-visit',
  'unmark-visit',
  'exclude-participant',
  'include-participant',
  'exclude-pasted',
  'include-pasted',
  'hand-over',
  'draw',
  'redraw',
  'compare-winners',
  'contact-winner',
  'destroy-participants',
  'send-notices',
] as const

/** Looks at the log itself. */
const LOG_ACTIONS = ['list-access-log', 'search-access-log', 'export-access-log'] as const

/** Who came in. */
const SESSION_ACTIONS = ['sign-in', 'fail-sign-in', 'sign-out', 'end-sessions', 'reset-password'] as const

/** Proofs of who came in, and their second factors. */
const FACTOR_ACTIONS = [
  'await-second-factor',
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

/** Grants and removals of API keys. */
const KEY_ACTIONS = ['create-api-key', 'revoke-api-key'] as const

/** Grants and removals of roles. */
const MEMBER_ACTIONS = [
  'invite-member',
  'cancel-invitation',
  'add-member',
  'change-role',
  'remove-member',
] as const

/** What the operator does by a command on the server. */
const OPERATOR_ACTIONS = ['pause', 'resume', 'list-affected'] as const

/** What the access log records, by what it is about: a new action belongs to one of these groups. */
export const ACCESS_ACTION_GROUPS = {
  data: DATA_ACTIONS,
  log: LOG_ACTIONS,
  session: SESSION_ACTIONS,
  factor: FACTOR_ACTIONS,
  key: KEY_ACTIONS,
  member: MEMBER_ACTIONS,
  operator: OPERATOR_ACTIONS,
} as const

export const ACCESS_ACTIONS = [
  ...DATA_ACTIONS,
  ...LOG_ACTIONS,
  ...SESSION_ACTIONS,
  ...FACTOR_ACTIONS,
  ...KEY_ACTIONS,
  ...MEMBER_ACTIONS,
  ...OPERATOR_ACTIONS,
] as const

/** Who acts: a member of a shop, a key, who runs a command on the server, an entrant, or the clock. */
export const ACTOR_KINDS = ['user', 'api-key', 'operator', 'entrant', 'schedule'] as const

/** How long a line is stored. */
export const RETENTION_YEARS = [2, 3] as const
export type RetentionYears = (typeof RETENTION_YEARS)[number]

const rightsActions: ReadonlySet<string> = new Set([...KEY_ACTIONS, ...MEMBER_ACTIONS])

/** Two years, as the law asks of those who handle many people's data; three for who was given which rights. */
export const retentionOf = (action: (typeof ACCESS_ACTIONS)[number]): RetentionYears =>
  rightsActions.has(action) ? 3 : 2

/**
 * Who looked at personal data, or changed who may. Partitioned by retention and month, and append-only (in the
 * migration's SQL): a trigger rejects every update and delete, and old rows expire by dropping partitions. Of
 * entrants it holds opaque ids only.
 */
export const accessLog = pgTable(
  'access_log',
  {
    id: uuid().notNull(),
    at: instant('at').notNull().defaultNow(),
    /** Null for a failed sign-in to an account that belongs to no shop. */
    shopId: uuid('shop_id'),
    /** Null for a failed sign-in to no account. The operator is who runs a command on the server. */
    actorKind: text('actor_kind', { enum: ACTOR_KINDS }),
    /** The id of the user, the API key, or the participant; null for the operator and the clock. */
    actorId: uuid('actor_id'),
    actorRole: text('actor_role', { enum: ['owner', 'staff'] }),
    /** The address that the request came from; empty for an entrant and the clock. */
    clientAddress: text('client_address').notNull(),
    action: text({ enum: ACCESS_ACTIONS }).notNull(),
    retentionYears: smallint('retention_years').$type<RetentionYears>().notNull(),
    eventId: uuid('event_id'),
    /** The participant, API key, user or invitation that it was about. */
    subjectId: uuid('subject_id'),
    /** How many entrants' data it gave access to; of a search that was sent in parts, at most. */
    people: integer().notNull().default(0),
    /**
     * Why data was exported, or something paused, as the owner or the operator wrote it; of an exclusion, the reason
     * that was chosen.
     */
    purpose: text(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.at, t.retentionYears] }),
    index('access_log_shop_id_idx').on(t.shopId, t.at, t.id),
    // Entrants are many, and nobody filters by one of them.
    index('access_log_actor_id_idx')
      .on(t.shopId, t.actorId, t.at, t.id)
      .where(sql`${t.actorKind} <> 'entrant'`),
  ],
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
