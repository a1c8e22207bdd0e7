import { sql } from 'drizzle-orm'
import { arrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'
import { participants } from '../schema/index.ts'
import { isOfPage, type PageBefore } from './participants.ts'

/** What a search looks at; name and phone number are envelopes, null once personal data was destroyed. */
export interface SearchedRow {
  id: string
  name: Uint8Array | null
  phoneNumber: Uint8Array | null
  applicationNumber: string | null
}

interface PackedRows extends Record<string, unknown> {
  /** Separated by commas; null without rows, as all others. */
  ids: string | null
  names: Buffer | null
  nameLengths: Buffer | null
  phoneNumbers: Buffer | null
  phoneNumberLengths: Buffer | null
  applicationNumbers: string | null
}

/**
 * A part of an event's participants for a search, newest first. The server packs each column into one value: the
 * driver needs a quarter of the time that it takes for rows.
 */
export async function readSearchedRows(executor: Executor, page: PageBefore): Promise<SearchedRow[]> {
  const [packed] = await executor.execute<PackedRows>(sql`
    select string_agg(id::text, ',') as ids,
      string_agg(name, '') as names,
      string_agg(int2send(coalesce(octet_length(name), 0)::int2), '') as "nameLengths",
      string_agg(phone_number, '') as "phoneNumbers",
      string_agg(int2send(coalesce(octet_length(phone_number), 0)::int2), '') as "phoneNumberLengths",
      string_agg(coalesce(application_number, ''), ',') as "applicationNumbers"
    from (
      select id, name, phone_number, application_number
      from ${participants}
      where ${isOfPage(page)}
      order by id desc limit ${page.limit}
    ) rows`)
  if (!packed?.ids) return []
  const nextName = unpack(packed.names, packed.nameLengths)
  const nextPhoneNumber = unpack(packed.phoneNumbers, packed.phoneNumberLengths)
  const applicationNumbers = packed.applicationNumbers?.split(',')
  return packed.ids.split(',').map((id, at) => ({
    id,
    name: nextName(at),
    phoneNumber: nextPhoneNumber(at),
    applicationNumber: applicationNumbers?.[at] || null,
  }))
}

/** The envelopes of a packed column, to be read in order; null where the length is 0. */
function unpack(values: Buffer | null, lengths: Buffer | null): (at: number) => Uint8Array | null {
  let end = 0
  return (at) => {
    const length = lengths?.readUInt16BE(2 * at) ?? 0
    if (!values || length === 0) return null
    end += length
    return values.subarray(end - length, end)
  }
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
