import { sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'

/** What the verification page shows of a draw. Instants are ISO 8601. */
export interface DrawSummaryRow {
  eventId: string
  title: string
  shopName: string
  slug: string
  /** Hash of the newest record, in hex. */
  head: string
  /** Rules, locks and results exactly as hashed, the results without the entries drawn; in the order of the chain. */
  records: string[]
  /** The first slots. Application numbers are null before the announcement, and once destroyed. */
  winners: { slot: number; applicationNumber: string | null }[]
}

/**
 * Reads the summary of the chain that a draw with a result belongs to in one statement, without a lock that still
 * has no result; undefined for any other draw.
 */
export async function findDrawSummary(
  executor: Executor,
  { drawLogId, maxWinners }: { drawLogId: string; maxWinners: number },
): Promise<{ summary: DrawSummaryRow; now: string } | undefined> {
  const [row] = await executor.execute<{ summary: DrawSummaryRow; now: string }>(sql`
    select json_build_object('eventId', e.id, 'title', e.title, 'shopName', s.name, 'slug', e.slug,
      'head', encode(t.hash, 'hex'), 'records', r.records, 'winners', coalesce(w.winners, '[]')) as summary,
      to_json(clock_timestamp()) #>> '{}' as now
    from draw_logs l
    join events e on e.id = l.event_id
    join shops s on s.id = e.shop_id
    cross join lateral (
      select seq, hash from draw_records where event_id = e.id and type <> 'lock' order by seq desc limit 1
    ) t
    cross join lateral (
      select json_agg(case when type = 'result' then (record::jsonb - 'draws')::text else record end
        order by seq) as records
      from draw_records where event_id = e.id and seq <= t.seq and type in ('rules', 'lock', 'result')
    ) r
    cross join lateral (
      select json_agg(json_build_object('slot', h.slot, 'applicationNumber',
        case when e.announcement_date <= clock_timestamp() then p.application_number end)
        order by h.slot) as winners
      from (
        select slot, event_id, participant_id from draw_winners
        where event_id = e.id and standing = 'selected' order by slot limit ${maxWinners}::int
      ) h
      join participants p on p.event_id = h.event_id and p.id = h.participant_id
    ) w
    where l.id = ${drawLogId} and l.drawn_at is not null`)
  return row
}
