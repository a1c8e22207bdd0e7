import { and, desc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { exclusiveEventGate } from '../connection/event-gate.ts'
import { channels, events, prizes, shops } from '../schema/index.ts'

export type EventRow = typeof events.$inferSelect
export type NewEvent = typeof events.$inferInsert
export type EventPhase = 'draft' | 'scheduled' | 'open' | 'closed' | 'locked' | 'drawn' | 'cancelled'

export interface EventPrize {
  name: string
  count: number
}

export interface EventChannel {
  entryPath: string
  code: string
  kind: 'link' | 'store'
  archived: boolean
}

/** An event with what belongs to it, its phase, and the database's clock at the moment of reading. */
export type EventWithParts = EventRow & {
  shopName: string
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
>`coalesce((select json_agg(json_build_object('name', ${prizes.name}, 'count', ${prizes.count})
  order by ${prizes.position}) from ${prizes} where ${prizes.eventId} = ${events.id}), '[]')`

const channelsOf = sql<
  EventChannel[]
>`coalesce((select json_agg(json_build_object('entryPath', ${channels.entryPath}, 'code', ${channels.code},
  'kind', ${channels.kind}, 'archived', ${channels.archived}) order by ${channels.position}, ${channels.createdAt})
  from ${channels} where ${channels.eventId} = ${events.id}), '[]')`

const withParts = {
  ...getTableColumns(events),
  shopName: shops.name,
  phase,
  now,
  prizes: prizesOf,
  channels: channelsOf,
}

async function findOne(executor: Executor, where: SQL): Promise<EventWithParts | undefined> {
  const [row] = await executor
    .select(withParts)
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

/** Which of SECRET_KEYS an event keeps for life; undefined for an unknown event. */
export async function findEventKeyId(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<string | undefined> {
  const [row] = await executor.select({ keyId: events.keyId }).from(events).where(eq(events.id, eventId))
  return row?.keyId
}

/** A shop's events, newest first. */
export function listEvents(executor: Executor, { shopId }: { shopId: string }): Promise<EventWithParts[]> {
  return executor
    .select(withParts)
    .from(events)
    .innerJoin(shops, eq(shops.id, events.shopId))
    .where(eq(events.shopId, shopId))
    .orderBy(desc(events.createdAt), desc(events.id))
}

/** Whether a slug is free. */
export async function isSlugTaken(executor: Executor, { slug }: { slug: string }): Promise<boolean> {
  const [row] = await executor.select({ id: events.id }).from(events).where(eq(events.slug, slug))
  return row !== undefined
}

/** Writes an event; its slug must be free. */
export async function insertEvent(executor: Executor, event: NewEvent): Promise<void> {
  await executor.insert(events).values(event)
}

/**
 * Takes the event's gate and its row for writing, and reads it after the wait; undefined where there is none. From then until the
 * transaction ends no entry and no visit mark is under way.
 */
export async function lockEventRow(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<EventWithParts | undefined> {
  // A statement of its own: the row lock's must begin after the wait, or it would see the event as it was before.
  await executor.execute(
    sql`select ${sql.raw(exclusiveEventGate('e.id'))} from ${events} e where e.id = ${eventId}`,
  )
  await executor.select({ id: events.id }).from(events).where(eq(events.id, eventId)).for('update')
  return findEvent(executor, { eventId })
}

/** Changes columns of an event. */
export async function updateEventRow(
  executor: Executor,
  { eventId, changes }: { eventId: string; changes: Partial<Omit<NewEvent, 'id' | 'shopId'>> },
): Promise<void> {
  await executor
    .update(events)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(eq(events.id, eventId))
}

/** The name of a shop; undefined where there is none. */
export async function findShopName(
  executor: Executor,
  { shopId }: { shopId: string },
): Promise<string | undefined> {
  const [row] = await executor
    .select({ name: shops.name })
    .from(shops)
    .where(and(eq(shops.id, shopId)))
  return row?.name
}

/** The database's clock, to the millisecond. */
export async function readClock(executor: Executor): Promise<Date> {
  const [row] = await executor.execute<{ now: string }>(
    sql`select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`,
  )
  if (!row) throw new Error('the database did not say what time it is')
  return new Date(row.now)
}

export interface EntryCounts {
  entries: number
  /** Entries that take part. */
  eligible: number
  /** Of all entries, those that visited. */
  visited: number
  /** Of those that take part. */
  visitedEligible: number
}

/** How many entries an event has. */
export async function countEntries(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<EntryCounts> {
  const rows = await executor.execute<Record<keyof EntryCounts, string>>(sql`
    select count(*) as entries,
      count(*) filter (where exclusion_reason = 0) as eligible,
      count(*) filter (where visited) as visited,
      count(*) filter (where visited and exclusion_reason = 0) as "visitedEligible"
    from participants where event_id = ${eventId}`)
  const row = rows[0]
  return {
    entries: Number(row?.entries ?? 0),
    eligible: Number(row?.eligible ?? 0),
    visited: Number(row?.visited ?? 0),
    visitedEligible: Number(row?.visitedEligible ?? 0),
  }
}

/** How many of an event's entries can be drawn, counted no further than `atMost`: a lock over a million need not read them twice. */
export async function countEligible(
  executor: Executor,
  { eventId, atMost }: { eventId: string; atMost: number },
): Promise<number> {
  const [row] = await executor.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select from participants where event_id = ${eventId} and exclusion_reason = 0 limit ${atMost}
    ) eligible`)
  return row?.count ?? 0
}
