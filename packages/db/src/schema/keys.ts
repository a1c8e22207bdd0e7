import { pgTable, text } from 'drizzle-orm/pg-core'
import { bytea, instant } from './columns.ts'

/** The secret keys that stored data was written with, each recognised by a value that reveals nothing of it. */
export const keyChecks = pgTable('key_checks', {
  keyId: text('key_id').primaryKey(),
  /** 16 bytes derived from the secret. */
  value: bytea().notNull(),
  /** Since when no stored data needs the key; null while some does. */
  retiredAt: instant('retired_at'),
})
