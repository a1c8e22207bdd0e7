import { sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'

/** A current winner who got the notice of having won, and has not confirmed. */
export interface UnconfirmedWinner {
  eventId: string
  participantId: string
  announcementDate: Date
  claimDays: number
  selectedAt: Date
  /** Of the notice of having won. */
  locale: 'ko' | 'en'
}

/** No claim is open for longer after the announcement, or after its winner moved up. */
const MAX_CLAIM_DAYS = 31

/** Winners who may have to be reminded: told, not confirmed, not reminded, of events whose claims may be open. */
export async function listUnconfirmedWinners(
  executor: Executor,
  { now }: { now: Date },
): Promise<UnconfirmedWinner[]> {
  const since = new Date(now.getTime() - MAX_CLAIM_DAYS * 86_400_000).toISOString()
  const rows = await executor.execute<{
    eventId: string
    participantId: string
    announcementDate: string
    claimDays: number
    selectedAt: string
    locale: 'ko' | 'en'
  }>(sql`
    select w.event_id as "eventId", w.participant_id as "participantId", e.claim_days as "claimDays",
      e.announcement_date as "announcementDate", w.selected_at as "selectedAt", n.locale
    from notices n
    join draw_winners w on w.draw_log_id = n.draw_log_id and w.draw_rank = n.draw_rank
      and w.standing = 'selected' and w.claimed_at is null
    join events e on e.id = n.event_id
    where n.kind = 'won' and n.state = 'sent'
      and greatest(e.announcement_date, w.selected_at) > ${since}::timestamptz
      and not exists (select from notices r where r.draw_log_id = n.draw_log_id and r.draw_rank = n.draw_rank
        and r.kind = 'two-days-left')
    order by w.event_id, w.draw_log_id, w.draw_rank`)
  return rows.map((row) => ({
    ...row,
    announcementDate: new Date(row.announcementDate),
    selectedAt: new Date(row.selectedAt),
  }))
}
