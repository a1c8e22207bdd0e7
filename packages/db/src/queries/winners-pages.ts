import { sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import type { DrawLogRow } from './draw-logs.ts'
import type { EventRow } from './events.ts'
import { isDestroyedOrDue } from './is-destroyed-or-due.ts'
import { type Pause, pauseOfEvent } from './pauses.ts'
import { shopContact } from './shop-details.ts'

/** The current holder of a prize slot. */
interface PageWinner {
  slot: number
  prize: string | null
  participantId: string
  /** Hex of the envelope; null once destroyed. */
  name: string | null
  applicationNumber: string | null
}

/** A page of an event's winners with all that stands around it. Instants are ISO 8601. */
export interface WinnersPageRow {
  eventId: string
  slug: string
  title: string
  shopName: string
  /** Where customers ask; null in a shop without an owner. */
  contact: string | null
  announcementDate: string
  beacon: 'none' | 'quicknet'
  /** Whether the announcement date has come. */
  due: boolean
  /** Of the event or its shop; the page then shows neither winners nor counts. */
  pause: Pause | null
  /** Of the newest attempt with a result. */
  drawLogId: string | null
  drawnAt: string | null
  /** How many attempts were locked. */
  attempts: number
  /** How many entries sat out as those of earlier winners. */
  earlierWinners: number
  /** How many entries the owner excluded, by reason. */
  excluded: { staff: number; duplicate: number; ineligible: number }
  /** Whether the newest attempt with a result was drawn by itself. */
  isAutomatic: boolean
  endsAt: string
  drawsAutomatically: boolean
  cancelReason: EventRow['cancelReason']
  /** Of the first attempt. */
  deviation: DrawLogRow['deviation']
  /** By slot, from the first one above `after`. Empty, as are the next two, before the announcement and in a pause. */
  winners: PageWinner[]
  /** How many current winners each prize has; null stands for winners beyond the prizes. */
  prizes: { prize: string | null; count: number }[]
  /** By slot, among the slots of this page; of a slot that changed more often than fits, the oldest. */
  withdrawn: { slot: number; reason: string | null; at: string }[]
}

export interface WinnersPageQuery {
  slug: string
  /** The last slot of the page before; 0 for the first page. */
  after: number
  /** Winners per page. One more is read, which shows that there is another page. */
  limit: number
  maxWithdrawn: number
}

/**
 * What the public winners page shows, read in one statement, with the database's clock; once the winners' personal
 * data is destroyed or due, prizes and counts alone. Undefined for an unknown slug and for an event that was never
 * published.
 */
export async function findWinnersPage(
  executor: Executor,
  { slug, after, limit, maxWithdrawn }: WinnersPageQuery,
): Promise<{ page: WinnersPageRow; now: string } | undefined> {
  const [row] = await executor.execute<{ page: WinnersPageRow; now: string }>(sql`
    select json_build_object('eventId', e.id, 'slug', e.slug, 'title', e.title, 'shopName', s.name, 'contact', ${shopContact('s')},
      'announcementDate', e.announcement_date, 'beacon', e.beacon, 'due', c.due, 'pause', c.pause,
      'drawLogId', d.id, 'drawnAt', d.drawn_at, 'isAutomatic', coalesce(d.is_automatic, false),
      'endsAt', e.ends_at, 'drawsAutomatically', e.draws_automatically, 'cancelReason', e.cancel_reason,
      'attempts', a.attempts, 'deviation', a.deviation, 'earlierWinners', coalesce(k.earlier_winners, 0),
      'excluded', json_build_object('staff', coalesce(k.excluded_staff, 0),
        'duplicate', coalesce(k.excluded_duplicates, 0), 'ineligible', coalesce(k.excluded_ineligible, 0)),
      'winners', coalesce(w.winners, '[]'), 'prizes', coalesce(p.prizes, '[]'),
      'withdrawn', coalesce(x.withdrawn, '[]')) as page, to_json(c.now) #>> '{}' as now
    from events e
    join shops s on s.id = e.shop_id
    cross join lateral (
      select t.now, e.announcement_date <= t.now as due, ${pauseOfEvent('e', 's')} as pause,
        not ${isDestroyedOrDue('e', sql`t.now`)} as stored
      from (select date_trunc('milliseconds', clock_timestamp()) as now) t
    ) c
    cross join lateral (
      select count(*) as attempts, (array_agg(l.deviation order by l.attempt))[1] as deviation
      from draw_logs l where l.event_id = e.id
    ) a
    left join locked_lists k on k.event_id = e.id
    left join lateral (
      select l.id, l.drawn_at, l.is_automatic from draw_logs l where l.event_id = e.id and l.drawn_at is not null
      order by l.attempt desc limit 1
    ) d on true
    left join lateral (
      select json_agg(json_build_object('slot', h.slot, 'prize', h.prize, 'participantId', h.participant_id,
          'name', encode(i.name, 'hex'), 'applicationNumber', i.application_number) order by h.slot) as winners,
        case when count(*) > ${limit}::int then (array_agg(h.slot order by h.slot))[${limit}::int] end as last_slot
      from (
        select slot, prize, event_id, participant_id from draw_winners
        where event_id = e.id and standing = 'selected' and slot > ${after}::int
        order by slot limit ${limit}::int + 1
      ) h
      join participants i on i.event_id = h.event_id and i.id = h.participant_id
    ) w on c.due and c.pause is null and c.stored and d.id is not null
    left join lateral (
      select json_agg(json_build_object('prize', g.prize, 'count', g.count) order by g.prize) as prizes
      from (
        select prize, count(*) as count from draw_winners
        where event_id = e.id and standing = 'selected' group by prize
      ) g
    ) p on c.due and c.pause is null and d.id is not null
    left join lateral (
      select json_agg(json_build_object('slot', h.slot, 'reason', h.withdraw_reason, 'at', h.withdrawn_at)
        order by h.slot, h.attempt, h.draw_rank) as withdrawn
      from (
        select o.slot, o.withdraw_reason, o.withdrawn_at, o.draw_rank, l.attempt
        from draw_winners o join draw_logs l on l.id = o.draw_log_id
        where o.event_id = e.id and o.standing = 'withdrawn' and o.slot > ${after}::int
          and (w.last_slot is null or o.slot <= w.last_slot)
        order by o.slot, l.attempt, o.draw_rank limit ${maxWithdrawn}::int
      ) h
    ) x on c.due and c.pause is null and c.stored and d.id is not null
    where e.slug = ${slug} and e.published_at is not null`)
  return row
}
