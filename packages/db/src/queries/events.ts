import { and, desc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import { exclusiveEventGate } from '../connection/advisory-locks.ts'
import type { Executor } from '../connection/client.ts'
import type { StatementRunner } from '../connection/statement-link.ts'
import { channels, events, prizes, shops } from '../schema/index.ts'
import { type Pause, pauseOfEvent } from './pauses.ts'

export type EventRow = typeof events.$inferSelect
export type NewEvent = typeof events.$inferInsert
export type EventPhase = 'draft' | 'scheduled' | 'open' | 'closed' | 'locked' | 'drawn' | 'cancelled'

export interface EventPrize {
  name: string
  count: number
  /** Whether it is sent to the winner, rather than picked up. */
  isDelivered: boolean
  /** What one is worth, in won; null where the owner named no value. */
  valueWon: number | null
  /** Whether the shop pays the tax on it in the winner's place. */
  ownerPaysTax: boolean
}

export interface EventChannel {
  entryPath: string
  code: string
  kind: 'link' | 'store'
  archived: boolean
}

/**
 * An event with its shop's name, prizes and channels, its phase, and the database's clock at the moment of
 * reading.
 */
export type EventWithParts = EventRow & {
  shopName: string
  /** Its own, else that of its shop. */
  pause: Pause | null
  phase: EventPhase
  now: Date
  prizes: EventPrize[]
  channels: EventChannel[]
}

const phase = sql<EventPhase>`case
  when ${events.status} <> 'published' then ${events.status}
  when clock_timestamp() < ${events.startsAt} then 'scheduled'
  when clock_timestamp() < ${events.endsAt} then 'open'
  else 'closed' end`

const now = sql`date_trunc('milliseconds', clock_timestamp())`.mapWith(events.createdAt)

const prizesOf = sql<
  EventPrize[]
>`coalesce((select json_agg(json_build_object('name', ${prizes.name}, 'count', ${prizes.count},
  'valueWon', ${prizes.valueWon}, 'ownerPaysTax', ${prizes.ownerPaysTax}, 'isDelivered', ${prizes.isDelivered})
  order by ${prizes.position}) from ${prizes} where ${prizes.eventId} = ${events.id}), '[]')`

const channelsOf = sql<
  EventChannel[]
>`coalesce((select json_agg(json_build_object('entryPath', ${channels.entryPath}, 'code', ${channels.code},
  'kind', ${channels.kind}, 'archived', ${channels.archived}) order by ${channels.position}, ${channels.createdAt})
  from ${channels} where ${channels.eventId} = ${events.id}), '[]')`

/** The columns of an EventWithParts, for a query over events joined with shops. */
export const eventWithParts = {
  ...getTableColumns(events),
  shopName: shops.name,
  pause: pauseOfEvent(),
  phase,
  now,
  prizes: prizesOf,
  channels: channelsOf,
}

async function findOne(executor: Executor, where: SQL): Promise<EventWithParts | undefined> {
  const [row] = await executor
    .select(eventWithParts)
    .from(events)
    .innerJoin(shops, eq(shops.id, events.shopId))
    .where(where)
  return row
}

/** An event by its id, or undefined. */
export function findEvent(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<EventWithParts | undefined> {
  return findOne(executor, eq(events.id, eventId))
}

/** An event by the slug of its address, or undefined. */
export function findEventBySlug(
  executor: Executor,
  { slug }: { slug: string },
): Promise<EventWithParts | undefined> {
  return findOne(executor, eq(events.slug, slug))
}

/** The id of the secret key that an event uses for life, or undefined for an unknown event. */
export async function findEventKeyId(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<string | undefined> {
  const [row] = await executor.select({ keyId: events.keyId }).from(events).where(eq(events.id, eventId))
  return row?.keyId
}

/**
 * As findEventKeyId, as a prepared statement for the registration path; undefined for a draft too, which takes
 * its key when it is published.
 */
export async function findEventKey(runner: StatementRunner, eventId: string): Promise<string | undefined> {
  const [row] = await runner.run<{ keyId: string }>(
    `select key_id as "keyId" from events where id = $1::uuid and status <> 'draft'`,
    [eventId],
  )
  return row?.keyId
}

/** The id of a published event by its slug, as a prepared statement; undefined for an unknown one and a draft. */
export async function findPublishedEventId(
  runner: StatementRunner,
  slug: string,
): Promise<string | undefined> {
  const [row] = await runner.run<{ id: string }>(
    'select id from events where slug = $1 and published_at is not null',
    [slug],
  )
  return row?.id
}

/** A shop's events, newest first. */
export function listEvents(executor: Executor, { shopId }: { shopId: string }): Promise<EventWithParts[]> {
  return executor
    .select(eventWithParts)
    .from(events)
    .innerJoin(shops, eq(shops.id, events.shopId))
    .where(eq(events.shopId, shopId))
    .orderBy(desc(events.createdAt), desc(events.id))
}

/** What a shop's events are called, newest first. */
export function listEventTitles(
  executor: Executor,
  { shopId }: { shopId: string },
): Promise<{ id: string; title: string }[]> {
  return executor
    .select({ id: events.id, title: events.title })
    .from(events)
    .where(eq(events.shopId, shopId))
    .orderBy(desc(events.createdAt), desc(events.id))
}

/** How many of these events are the shop's. */
export async function countShopEvents(
  executor: Executor,
  { shopId, eventIds }: { shopId: string; eventIds: readonly string[] },
): Promise<number> {
  const ids = `{${eventIds.join(',')}}`
  return executor.$count(
    events,
    and(eq(events.shopId, shopId), sql`${events.id} = any(${ids}::text::uuid[])`),
  )
}

/** Whether an event has this slug. */
export async function isSlugTaken(executor: Executor, { slug }: { slug: string }): Promise<boolean> {
  const [row] = await executor.select({ id: events.id }).from(events).where(eq(events.slug, slug))
  return row !== undefined
}

/** Stores an event. Rejects with a unique violation when its slug is taken. */
export async function insertEvent(executor: Executor, event: NewEvent): Promise<void> {
  await executor.insert(events).values(event)
}

/**
 * Takes the event's gate and locks its row for writing, then reads it, or returns undefined for an unknown
 * event. From then until the transaction ends no entry and no visit mark is in progress.
 */
export async function lockEventRow(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<EventWithParts | undefined> {
  // A separate statement: the row lock's snapshot must be taken after the wait, or it would read the event as
  // it was before.
  await executor.execute(
    sql`select ${sql.raw(exclusiveEventGate('e.id'))} from ${events} e where e.id = ${eventId}`,
  )
  await executor.select({ id: events.id }).from(events).where(eq(events.id, eventId)).for('no key update')
  return findEvent(executor, { eventId })
}

/**
 * Updates columns of an event and its `updatedAt`. Takes the gate before it locks the row, as lockEventRow does: the
 * trigger alone would take it afterwards, and deadlock with others that hold the gate and wait for the row.
 */
export async function updateEventRow(
  executor: Executor,
  { eventId, changes }: { eventId: string; changes: Partial<Omit<NewEvent, 'id' | 'shopId'>> },
): Promise<void> {
  await executor
    .update(events)
    .set({ ...changes, updatedAt: sql`now()` })
    .from(sql`(select ${sql.raw(exclusiveEventGate('e.id'))} from ${events} e where e.id = ${eventId}) gate`)
    .where(eq(events.id, eventId))
}
