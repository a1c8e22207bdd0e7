import { sql } from 'drizzle-orm'
import { arrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'

/**
 * Queues the application number of the entry with this phone number, for its own phone. Queues nothing where the event
 * has no such entry, where its personal data was destroyed, and where the shop's events have queued `maxPerDay`
 * within 24 hours. Does not say which: the caller's response must not either.
 */
export async function queueApplicationNumber(
  executor: Executor,
  args: {
    eventId: string
    shopId: string
    phoneIndex: Uint8Array
    locale: 'ko' | 'en'
    maxPerDay: number
  },
): Promise<void> {
  const { eventId, shopId, phoneIndex, locale, maxPerDay } = args
  await executor.execute(sql`
    insert into notices (id, event_id, participant_id, kind, locale)
    select gen_random_uuid(), p.event_id, p.id, 'application-number', ${locale}
    from participants p
    where p.event_id = ${eventId} and p.phone_index = ${phoneIndex} and p.application_number is not null
      and p.phone_number is not null
      and (
        select count(*) from notices n join events e on e.id = n.event_id
        where e.shop_id = ${shopId} and n.kind = 'application-number'
          and n.created_at > now() - interval '1 day') < ${maxPerDay}::int`)
}

/** What a message with an application number names, and its receiver's number. */
export interface ApplicationNumberReceiver {
  noticeId: string
  participantId: string
  applicationNumber: string
  /** Envelope. */
  phoneNumber: Uint8Array
  requestedAt: Date
}

/** The receivers of these notices whose personal data is stored. */
export async function listApplicationNumberReceivers(
  executor: Executor,
  { noticeIds }: { noticeIds: readonly string[] },
): Promise<ApplicationNumberReceiver[]> {
  const rows = await executor.execute<{
    noticeId: string
    participantId: string
    applicationNumber: string
    phoneNumber: Uint8Array
    requestedAt: string
  }>(sql`
    select n.id as "noticeId", p.id as "participantId", p.application_number as "applicationNumber",
      p.phone_number as "phoneNumber", n.created_at as "requestedAt"
    from notices n join participants p on p.event_id = n.event_id and p.id = n.participant_id
    where n.id = any(${arrayLiteral(noticeIds)}::uuid[]) and p.application_number is not null
      and p.phone_number is not null`)
  return rows.map((row) => ({ ...row, requestedAt: new Date(row.requestedAt) }))
}

/** How many messages with application numbers an event's entrants were sent, and how many failed or are unknown. */
export async function countApplicationNumbers(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<{ sent: number; notSent: number }> {
  const [row] = await executor.execute<{ sent: number; notSent: number }>(sql`
    select count(*) filter (where state = 'sent')::int as sent,
      count(*) filter (where state in ('failed', 'unknown'))::int as "notSent"
    from notices where event_id = ${eventId} and kind = 'application-number'`)
  return row ?? { sent: 0, notSent: 0 }
}
