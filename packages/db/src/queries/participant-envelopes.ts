import { sql } from 'drizzle-orm'
import { arrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'
import type { PageBefore } from './participants.ts'

/** What a search looks at; name and phone number are envelopes. */
export interface SearchedRow extends Record<string, unknown> {
  id: string
  name: Uint8Array | null
  phoneNumber: Uint8Array | null
  applicationNumber: string | null
}

/** A part of an event's participants for a search, newest first. */
export async function readSearchedRows(
  executor: Executor,
  { eventId, before, limit }: PageBefore,
): Promise<SearchedRow[]> {
  return executor.execute<SearchedRow>(sql`
    select id, name, phone_number as "phoneNumber", application_number as "applicationNumber"
    from participants
    where event_id = ${eventId} ${before === undefined ? sql`` : sql`and id < ${before}`}
    order by id desc limit ${limit}`)
}

/** The phone numbers' envelopes of participants; null once personal data was destroyed. */
export async function findPhoneEnvelopes(
  executor: Executor,
  { eventId, participantIds }: { eventId: string; participantIds: readonly string[] },
): Promise<{ id: string; phoneNumber: Uint8Array | null }[]> {
  return executor.execute<{ id: string; phoneNumber: Uint8Array | null }>(sql`
    select p.id, p.phone_number as "phoneNumber"
    from unnest(${arrayLiteral(participantIds)}::uuid[]) wanted(id)
    join participants p on p.event_id = ${eventId} and p.id = wanted.id`)
}
