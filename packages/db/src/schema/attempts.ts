import { index, integer, pgTable } from 'drizzle-orm/pg-core'
import { bytea, instant } from './columns.ts'

/**
 * How often somebody lately tried to prove who they are. The key is an HMAC of what was tried, so that the
 * table names nobody.
 */
export const attemptBudgets = pgTable(
  'attempt_budgets',
  {
    key: bytea().primaryKey(),
    /** Attempts since the row began, without those that succeeded. */
    used: integer().notNull(),
    /** No further attempt before this instant. */
    availableAt: instant('available_at').notNull(),
    /** From then on the row counts as absent. */
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('attempt_budgets_expires_at_idx').on(t.expiresAt)],
)
