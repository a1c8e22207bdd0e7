import { sql } from 'drizzle-orm'
import { check, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

/** A shop, which better-auth calls an organization. */
export const shops = pgTable(
  'shops',
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    slug: text().notNull().unique(),
    logo: text(),
    metadata: text(),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** Where customers ask: a phone number, an e-mail address or a web address. Null: the first owner's e-mail. */
    contact: text(),
    address: text(),
    openingHours: text('opening_hours'),
    /** Who is responsible for privacy. Null: the first owner's name. */
    privacyOfficer: text('privacy_officer'),
    /** When one of these, or the name, was changed last; null where none ever was. */
    detailsChangedAt: instant('details_changed_at'),
    /** Since when the operator pauses all its events; null, like the reason, while they run. */
    pausedAt: instant('paused_at'),
    pauseReason: text('pause_reason'),
  },
  (t) => [check('shops_pause_check', sql`(${t.pausedAt} is null) = (${t.pauseReason} is null)`)],
)
