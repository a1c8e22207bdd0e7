import { sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { isDestroyedOrDue } from './is-destroyed-or-due.ts'
import { type Pause, pauseOfEvent } from './pauses.ts'

/** What the verification page and the certificate show of a draw. Instants are ISO 8601. */
export interface DrawSummaryRow {
  eventId: string
  title: string
  shopName: string
  slug: string
  announcementDate: string
  /** Whether the announcement date has come. */
  isAnnounced: boolean
  /** Whether the winners' personal data is destroyed, or due to be. */
  isDestroyed: boolean
  /** Of the event or its shop. */
  pause: Pause | null
  /** Hash of the newest record, in hex. */
  head: string
  /** Rules, locks and results exactly as hashed, the results without the entries drawn; in the order of the chain. */
  records: string[]
  /** The first slots. Application numbers are null before the announcement, and once destroyed or due to be. */
  winners: { slot: number; applicationNumber: string | null }[]
  /** How many slots have a holder. */
  winnerTotal: number
  /** The first withdrawn holders, by slot; empty before the announcement, and once destroyed or due to be. */
  replacements: { slot: number; reason: string | null; at: string }[]
  /** Of all withdrawn holders; 0 where `replacements` is empty. */
  replacementTotal: number
}

export interface DrawSummaryQuery {
  drawLogId: string
  maxWinners: number
  maxReplacements: number
}

/**
 * Reads the summary of the chain that a draw with a result belongs to in one statement, without a lock that still
 * has no result; undefined for any other draw.
 */
export async function findDrawSummary(
  executor: Executor,
  { drawLogId, maxWinners, maxReplacements }: DrawSummaryQuery,
): Promise<{ summary: DrawSummaryRow; now: string } | undefined> {
  const [row] = await executor.execute<{ summary: DrawSummaryRow; now: string }>(sql`
    select json_build_object('eventId', e.id, 'title', e.title, 'shopName', s.name, 'slug', e.slug,
      'announcementDate', e.announcement_date, 'isAnnounced', c.announced, 'isDestroyed', c.destroyed,
      'pause', ${pauseOfEvent('e', 's')},
      'head', encode(t.hash, 'hex'), 'records', r.records, 'winners', coalesce(w.winners, '[]'),
      'winnerTotal', (
        select count(*) from draw_winners where event_id = e.id and standing = 'selected'
      ), 'replacements', coalesce(x.replacements, '[]'), 'replacementTotal', coalesce(x.total, 0)) as summary,
      to_json(c.now) #>> '{}' as now
    from draw_logs l
    join events e on e.id = l.event_id
    join shops s on s.id = e.shop_id
    cross join lateral (
      select n.now, e.announcement_date <= n.now as announced,
        ${isDestroyedOrDue('e', sql`n.now`)} as destroyed
      from (select clock_timestamp() as now) n
    ) c
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
        case when c.announced and not c.destroyed then p.application_number end)
        order by h.slot) as winners
      from (
        select slot, event_id, participant_id from draw_winners
        where event_id = e.id and standing = 'selected' order by slot limit ${maxWinners}::int
      ) h
      join participants p on p.event_id = h.event_id and p.id = h.participant_id
    ) w
    left join lateral (
      select json_agg(json_build_object('slot', h.slot, 'reason', h.withdraw_reason, 'at', h.withdrawn_at)
        order by h.place) filter (where h.place <= ${maxReplacements}::int) as replacements, count(*) as total
      from (
        select o.slot, o.withdraw_reason, o.withdrawn_at,
          row_number() over (order by o.slot, a.attempt, o.draw_rank) as place
        from draw_winners o join draw_logs a on a.id = o.draw_log_id
        where o.event_id = e.id and o.standing = 'withdrawn'
      ) h
    ) x on c.announced and not c.destroyed
    where l.id = ${drawLogId} and l.drawn_at is not null`)
  return row
}
