import { sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'

/** Participants of an event whose personal data is stored, by what their period follows from. */
export interface StoredParticipants {
  /** Of the consent text that they agreed to. */
  consentVersion: number
  /** Whether they hold a prize slot or wait as alternates. */
  isWinner: boolean
  count: number
}

/** How many participants of an event still have personal data. */
export async function countStoredByText(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<StoredParticipants[]> {
  const rows = await executor.execute<{ consentVersion: number; isWinner: boolean; count: number }>(sql`
    select p.consent_version as "consentVersion", w.participant_id is not null as "isWinner", count(*)::int as count
    from participants p
    left join (select distinct participant_id from draw_winners
      where event_id = ${eventId} and standing in ('selected', 'alternate')) w on w.participant_id = p.id
    where p.event_id = ${eventId} and p.application_number is not null
    group by 1, 2 order by 1, 2`)
  return [...rows]
}
