import { integer, jsonb, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true })

export const events = pgTable('events', {
  id: uuid('id').primaryKey().defaultRandom(),
  slug: text('slug').notNull().unique(),
  title: text('title').notNull(),
  entryPaths: text('entry_paths').array().notNull(),
  startsAt: instant('starts_at').notNull(),
  endsAt: instant('ends_at').notNull(),
  announcementDate: instant('announcement_date').notNull(),
})

export const participants = pgTable(
  'participants',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id),
    name: text('name').notNull(),
    phoneNumber: text('phone_number').notNull(),
    entryPath: text('entry_path').notNull(),
    applicationNumber: text('application_number').notNull(),
    participatedAt: instant('participated_at').notNull().defaultNow(),
  },
  (table) => [
    unique().on(table.eventId, table.phoneNumber),
    unique().on(table.eventId, table.applicationNumber),
  ],
)

export const winners = pgTable(
  'winners',
  {
    eventId: uuid('event_id')
      .notNull()
      .references(() => events.id),
    rank: integer('rank').notNull(),
    participantId: uuid('participant_id')
      .notNull()
      .references(() => participants.id),
  },
  (table) => [primaryKey({ columns: [table.eventId, table.rank] })],
)

export const outbox = pgTable('outbox', {
  id: uuid('id').primaryKey().defaultRandom(),
  eventType: text('event_type').notNull(),
  payload: jsonb('payload').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
})
