import { eq, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { eventTotals } from '../schema/index.ts'

export interface EventCounts {
  total: number
  updatedAt: Date | null
  channels: { entryPath: string; count: number }[]
  /** Hours that have entries, oldest first; ISO 8601. */
  hourly: { hour: string; count: number }[]
}

/** An event's counts as the consumer has stored them, all from one snapshot. */
export async function readEventCounts(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<EventCounts> {
  const [row] = await executor.execute<Omit<EventCounts, 'updatedAt'> & { updatedAt: string | null }>(sql`
    select
      coalesce((select total::int from analytics.event_totals where event_id = ${eventId}), 0) as total,
      (select to_json(updated_at) #>> '{}' from analytics.event_totals where event_id = ${eventId}) as "updatedAt",
      coalesce((select json_agg(json_build_object('entryPath', entry_path, 'count', count) order by count desc, entry_path)
        from analytics.channel_counts where event_id = ${eventId} and count <> 0), '[]') as channels,
      coalesce((select json_agg(json_build_object('hour', hour, 'count', count) order by hour)
        from analytics.hourly_counts where event_id = ${eventId} and count <> 0), '[]') as hourly`)
  if (!row) throw new Error('A select without a from clause returned no row')
  return { ...row, updatedAt: row.updatedAt === null ? null : new Date(row.updatedAt) }
}

export interface ShopEventCounts {
  eventId: string
  total: number
  /** Entries in each of the last 24 hours, the current hour last. */
  last24Hours: number[]
}

/** The total and the last 24 hours of each of a shop's events, newest event first. */
export async function readShopCounts(
  executor: Executor,
  { shopId }: { shopId: string },
): Promise<ShopEventCounts[]> {
  const rows = await executor.execute<ShopEventCounts & Record<string, unknown>>(sql`
    select e.id as "eventId", coalesce(t.total::int, 0) as total,
      (select json_agg(coalesce(h.count, 0)::int order by hours.hour)
        from generate_series(date_trunc('hour', now()) - interval '23 hours', date_trunc('hour', now()), interval '1 hour') as hours(hour)
        left join analytics.hourly_counts h on h.event_id = e.id and h.hour = hours.hour) as "last24Hours"
    from events e
    left join analytics.event_totals t on t.event_id = e.id
    where e.shop_id = ${shopId}
    order by e.created_at desc, e.id desc`)
  return rows.map(({ eventId, total, last24Hours }) => ({ eventId, total, last24Hours }))
}

/** How many of an event's entries the consumer has counted so far: an estimate of the length of its list. */
export async function countedEntries(executor: Executor, { eventId }: { eventId: string }): Promise<number> {
  const [row] = await executor
    .select({ total: eventTotals.total })
    .from(eventTotals)
    .where(eq(eventTotals.eventId, eventId))
  return row?.total ?? 0
}
