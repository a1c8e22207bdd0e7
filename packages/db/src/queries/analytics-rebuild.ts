import { COUNTING_LOCK, PARTITION_LOCK } from '../connection/advisory-locks.ts'
import type { Sql } from '../connection/client.ts'
import { firstIdAt, PROCESSED_RETENTION_MS, processedFloor } from './processed-messages.ts'

export interface RebuildResult {
  /** Participants counted. */
  participants: number
  /** Participants that were not yet marked as processed. */
  marked: number
}

/**
 * Replaces all counts, and adds the missing processed ids, from participants. Counting waits meanwhile and
 * continues by itself: what it counts then was not in participants when the lock was taken, or is marked as
 * processed. Dead letters older than the processed ids that are stored cannot be replayed; those whose
 * participants are counted here are marked as replayed.
 */
export async function rebuildAnalytics(sql: Sql, now: number): Promise<RebuildResult> {
  return await sql.begin(async (tx) => {
    // A separate statement: the snapshot of the next one must include every batch that was counted before.
    await tx.unsafe(
      `select pg_advisory_xact_lock(${PARTITION_LOCK}), pg_advisory_xact_lock(${COUNTING_LOCK})`,
    )
    const [row] = await tx.unsafe<RebuildResult[]>(
      `with truth as materialized (
        select event_id, entry_path, date_trunc('hour', participated_at, 'UTC') as hour, count(*) as n
        from participants group by 1, 2, 3
      ),
      totals as (
        insert into analytics.event_totals (event_id, total, updated_at)
        select event_id, sum(n), now() from truth group by 1
        on conflict (event_id) do update set total = excluded.total, updated_at = excluded.updated_at
      ),
      channels as (
        insert into analytics.channel_counts (event_id, entry_path, count)
        select event_id, entry_path, sum(n) from truth group by 1, 2
        on conflict (event_id, entry_path) do update set count = excluded.count
      ),
      hours as (
        insert into analytics.hourly_counts (event_id, hour, count)
        select event_id, hour, sum(n) from truth group by 1, 2
        on conflict (event_id, hour) do update set count = excluded.count
      ),
      no_total as (
        delete from analytics.event_totals t where not exists (select from truth where event_id = t.event_id)
      ),
      no_channel as (
        delete from analytics.channel_counts t
        where not exists (select from truth where (event_id, entry_path) = (t.event_id, t.entry_path))
      ),
      no_hour as (
        delete from analytics.hourly_counts t
        where not exists (select from truth where (event_id, hour) = (t.event_id, t.hour))
      ),
      marked as (
        insert into analytics.processed_messages (message_id)
        select id from participants
        where (id >= $1::uuid
          or id in (select message_id from outbox)
          or id::text in (select message_id from analytics.dead_letters where replayed_at is null))
          and id >= ${processedFloor}
        on conflict do nothing
        returning message_id
      ),
      settled as (
        update analytics.dead_letters d set replayed_at = now()
        from participants p where d.replayed_at is null and d.message_id = p.id::text and p.id < ${processedFloor}
      )
      select (select coalesce(sum(n), 0)::int from truth) as participants, (select count(*)::int from marked) as marked`,
      [firstIdAt(now - PROCESSED_RETENTION_MS)],
    )
    if (!row) throw new Error('The rebuild statement returned no row')
    return row
  })
}
