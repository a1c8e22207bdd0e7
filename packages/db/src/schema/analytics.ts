import { bigint, index, integer, pgSchema, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytea, instant } from './columns.ts'

/**
 * Written only by the analytics consumer. It has no foreign keys, so that counting never waits for other
 * tables.
 */
export const analytics = pgSchema('analytics')

export const eventTotals = analytics.table('event_totals', {
  eventId: uuid('event_id').primaryKey(),
  total: bigint({ mode: 'number' }).notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
})

export const channelCounts = analytics.table(
  'channel_counts',
  {
    eventId: uuid('event_id').notNull(),
    entryPath: text('entry_path').notNull(),
    count: bigint({ mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.entryPath] })],
)

export const hourlyCounts = analytics.table(
  'hourly_counts',
  {
    eventId: uuid('event_id').notNull(),
    /** The start of the hour. Hours start at the same instants in UTC and in Asia/Seoul. */
    hour: instant('hour').notNull(),
    count: bigint({ mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.hour] })],
)

/** Estimated visitors of entry pages. They cannot be counted again: nothing else is stored of a view. */
export const viewCounts = analytics.table(
  'view_counts',
  {
    eventId: uuid('event_id').notNull(),
    /** A channel's code, or one of the sources that start with `~`. */
    source: text().notNull(),
    /** The start of the hour, as in `hourly_counts`. */
    hour: instant('hour').notNull(),
    count: bigint({ mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventId, t.source, t.hour] })],
)

/**
 * Ids of counted messages. Partitioned by ranges of the UUIDv7 (in the migration's SQL), so that old ids
 * expire by dropping partitions.
 */
export const processedMessages = analytics.table('processed_messages', {
  messageId: uuid('message_id').primaryKey(),
})

/** Complete messages that could not be counted, with their cause and position. */
export const deadLetters = analytics.table(
  'dead_letters',
  {
    id: uuid().primaryKey(),
    source: text({ enum: ['kafka', 'outbox'] }).notNull(),
    topic: text(),
    partition: integer(),
    offset: bigint({ mode: 'bigint' }),
    messageId: text('message_id'),
    eventType: text('event_type'),
    key: bytea(),
    headers: text(),
    value: bytea(),
    cause: text().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    replayedAt: instant('replayed_at'),
  },
  (t) => [index('dead_letters_created_at_idx').on(t.createdAt)],
)
