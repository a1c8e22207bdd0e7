import { sql } from 'drizzle-orm'
import { check, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, instant } from './columns.ts'
import { events } from './events.ts'

/** The picture of an event, 4:3, encoded again without metadata. What was uploaded is not stored. */
export const eventPictures = pgTable(
  'event_pictures',
  {
    eventId: uuid('event_id')
      .primaryKey()
      .references(() => events.id, { onDelete: 'cascade' }),
    /** Hash of the large picture (SHA-256 in base64url): part of its address. */
    version: text().notNull(),
    /** Says what it shows to those who do not see it. */
    altText: text('alt_text').notNull(),
    /** Width of the large picture in px, 400 to 1,440 and divisible by 4. */
    width: smallint().notNull(),
    /** At most 720 px wide and 60 kB. */
    small: bytea().notNull(),
    /** At most 1,440 px wide and 150 kB; the same bytes as `small` where the upload was no wider than that. */
    large: bytea().notNull(),
    /** The large picture as JPEG of at most 300 kB, for pictures drawn of it: resvg reads no WebP. */
    jpeg: bytea().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    check('event_pictures_width_check', sql`${t.width} between 400 and 1440 and ${t.width} % 4 = 0`),
    check(
      'event_pictures_bytes_check',
      sql`octet_length(${t.small}) <= 60000 and octet_length(${t.large}) <= 150000 and octet_length(${t.jpeg}) <= 300000`,
    ),
  ],
)
