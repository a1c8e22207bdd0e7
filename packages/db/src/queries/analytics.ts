import { eq, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { eventTotals } from '../schema/index.ts'

export interface EventCounts {
  total: number
  updatedAt: Date | null
  channels: { entryPath: string; count: number }[]
  /** Hours that have entries, oldest first; ISO 8601. */
  hourly: { hour: string; count: number }[]
  /** Estimated visitors of the entry page, by a channel's code or a source that starts with `~`. */
  viewSources: { source: string; count: number }[]
  /** Hours that have views, oldest first; ISO 8601. */
  viewHours: { hour: string; count: number }[]
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
        from analytics.hourly_counts where event_id = ${eventId} and count <> 0), '[]') as hourly,
      coalesce((select json_agg(json_build_object('source', source, 'count', n) order by source)
        from (select source, sum(count)::int as n from analytics.view_counts where event_id = ${eventId} group by 1) s), '[]') as "viewSources",
      coalesce((select json_agg(json_build_object('hour', hour, 'count', n) order by hour)
        from (select hour, sum(count)::int as n from analytics.view_counts where event_id = ${eventId} group by 1) h), '[]') as "viewHours"`)
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

export interface DailyCounts {
  /** Of Korea's calendar, as 2026-12-20. */
  day: string
  /** Null for views that belong to no channel. */
  entryPath: string | null
  /** Where the views count; null for a channel without views on this day. */
  source: string | null
  views: number
  entries: number
}

/**
 * Views and entries of each day and channel or source, oldest day first, as they are stored: entries are counted
 * in participants. Days and channels without either are left out.
 */
export async function readDailyCounts(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<DailyCounts[]> {
  const rows = await executor.execute<DailyCounts & Record<string, unknown>>(sql`
    with viewed as (
      select (v.hour at time zone 'Asia/Seoul')::date as day, v.source, c.entry_path, sum(v.count)::int as n
      from analytics.view_counts v left join channels c on c.event_id = v.event_id and c.code = v.source
      where v.event_id = ${eventId}
      group by 1, 2, 3
    ),
    entered as (
      select (participated_at at time zone 'Asia/Seoul')::date as day, entry_path, count(*)::int as n
      from participants
      where event_id = ${eventId}
      group by 1, 2
    )
    select coalesce(v.day, e.day)::text as day, coalesce(v.entry_path, e.entry_path) as "entryPath", v.source,
      coalesce(v.n, 0) as views, coalesce(e.n, 0) as entries
    from viewed v full join entered e on e.day = v.day and e.entry_path = v.entry_path
    order by 1, 2 nulls last, 3`)
  return rows.map(({ day, entryPath, source, views, entries }) => ({
    day,
    entryPath,
    source,
    views,
    entries,
  }))
}
