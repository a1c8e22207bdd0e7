import { arrayLiteral, byteaArrayLiteral } from '../connection/array-literal.ts'
import type { StatementRunner } from '../connection/statement-link.ts'
import type { NewParticipant } from './register-participants.ts'

/** An entry that holds a phone number of the request already. */
export interface EarlierEntry {
  /** Position in the request, from 1. */
  place: number
  id: string
  submissionId: string | null
  applicationNumber: string
  entryPath: string
  visited: boolean
  visitedAt: Date | null
  participatedAt: Date
  announcementDate: Date
}

const earlierStatement = `
select b.place::int as place, p.id, p.submission_id as "submissionId", p.application_number as "applicationNumber",
  p.entry_path as "entryPath", p.visited, p.visited_at as "visitedAt", p.participated_at as "participatedAt",
  e.announcement_date as "announcementDate"
from unnest($1::uuid[], $2::bytea[]) with ordinality as b(event_id, phone_index, place)
join participants p on p.event_id = b.event_id and p.phone_index = b.phone_index
join events e on e.id = b.event_id`

/**
 * Finds the entries that hold these phone numbers already. A separate statement after registerParticipants,
 * whose own snapshot may not see the row that it conflicted with.
 */
export function findEarlierEntries(
  runner: StatementRunner,
  entries: readonly Pick<NewParticipant, 'eventId' | 'phoneIndex'>[],
): Promise<EarlierEntry[]> {
  return runner.run<EarlierEntry>(earlierStatement, [
    arrayLiteral(entries.map((entry) => entry.eventId)),
    byteaArrayLiteral(entries.map((entry) => entry.phoneIndex)),
  ])
}
