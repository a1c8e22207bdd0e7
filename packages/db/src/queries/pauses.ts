import { eq, or, sql } from 'drizzle-orm'
import { exclusiveEventGate } from '../connection/advisory-locks.ts'
import type { Executor } from '../connection/client.ts'
import { events, shops } from '../schema/index.ts'

/** Why something is paused, as the operator wrote it, and since when. */
export interface Pause {
  reason: string
  /** ISO 8601. */
  at: string
}

/** What an operator can pause. */
export interface PauseTarget {
  kind: 'event' | 'shop'
  id: string
  shopId: string
  /** The event's title, or the shop's name. */
  name: string
  /** Its own: an event's shop may be paused as well. */
  pause: Pause | null
  /** Of an event: that of its shop. */
  shopPause: Pause | null
}

/** The pause of a row of events or shops; the names are written out, as a query of one table leaves its name out. */
const pauseOf = (
  table: string,
) => sql<Pause | null>`case when ${sql.identifier(table)}.pause_reason is not null
  then json_build_object('reason', ${sql.identifier(table)}.pause_reason, 'at', ${sql.identifier(table)}.paused_at) end`

/**
 * The pause that holds for an event: its own, else that of its shop.
 * @param event the name of the table of events in the query
 * @param shop the name of the table of shops in the query
 */
export const pauseOfEvent = (event = 'events', shop = 'shops') =>
  sql<Pause | null>`coalesce(${pauseOf(event)}, ${pauseOf(shop)})`

/** The events and shops with this id or slug: several where an event and a shop share a slug. */
export async function findPauseTargets(executor: Executor, idOrSlug: string): Promise<PauseTarget[]> {
  const isNamed = ({ id, slug }: typeof events | typeof shops) =>
    or(sql`${id}::text = ${idOrSlug}`, eq(slug, idOrSlug))
  const pause = pauseOf('events')
  const shopPause = pauseOf('shops')
  const foundEvents = await executor
    .select({ id: events.id, shopId: events.shopId, name: events.title, pause, shopPause })
    .from(events)
    .innerJoin(shops, eq(shops.id, events.shopId))
    .where(isNamed(events))
  const foundShops = await executor
    .select({ id: shops.id, shopId: shops.id, name: shops.name, pause: shopPause })
    .from(shops)
    .where(isNamed(shops))
  return [
    ...foundEvents.map((event) => ({ kind: 'event' as const, ...event })),
    ...foundShops.map((shop) => ({ kind: 'shop' as const, ...shop, shopPause: null })),
  ]
}

/**
 * Pauses an event, or all events of a shop, with a reason, or ends the pause with null. Once the transaction has
 * committed, no entry is in progress that was judged before.
 */
export async function setPause(
  executor: Executor,
  { kind, id }: Pick<PauseTarget, 'kind' | 'id'>,
  reason: string | null,
): Promise<void> {
  const which = kind === 'event' ? sql`e.id = ${id}` : sql`e.shop_id = ${id} and e.status = 'published'`
  await executor.execute(
    sql`select ${sql.raw(exclusiveEventGate('e.id'))} from (select e.id from ${events} e where ${which} order by e.id) e`,
  )
  const changes = { pausedAt: reason === null ? null : sql`now()`, pauseReason: reason }
  await (kind === 'event'
    ? executor.update(events).set(changes).where(eq(events.id, id))
    : executor.update(shops).set(changes).where(eq(shops.id, id)))
}
