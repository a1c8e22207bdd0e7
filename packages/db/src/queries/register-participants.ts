import { arrayLiteral, byteaArrayLiteral } from '../array-literal.ts'
import { sharedEventGate } from '../event-gate.ts'
import type { StatementRunner } from '../statement-link.ts'

/** One entry, ready to be written. */
export interface NewParticipant {
  eventId: string
  /** UUIDv7. */
  id: string
  name: string
  phoneNumber: Uint8Array
  phoneIndex: Uint8Array
  phoneTailIndex: Uint8Array
  /** What the customer chose; null beside a visit token. */
  entryPath: string | null
  visitToken: string | null
  applicationNumber: string
  submissionId: string | null
  entryId: string
  entrySalt: Uint8Array
}

/**
 * What became of an entry: `registered`, or why not. `duplicate`: the phone number is in the event already. `locked`, `drawn`, `cancelled`,
 * `early`, `late` come from status and clock as they were under the share lock.
 */
export type RegisterVerdict =
  | 'registered'
  | 'duplicate'
  | 'unknown-event'
  | 'unknown-path'
  | 'early'
  | 'late'
  | 'locked'
  | 'drawn'
  | 'cancelled'

export interface RegisteredRow {
  /** The entry's place in the batch, from 1. */
  place: number
  verdict: RegisterVerdict
  entryPath: string | null
  visited: boolean
  participatedAt: Date | null
  startsAt: Date | null
  announcementDate: Date | null
}

/**
 * Participants and the intents to publish them, in one statement: neither exists without the other. The gate comes first, then the
 * event rows FOR SHARE in id order, whose status is read again after waiting; the clock is read after both.
 */
export const registerStatement = `
with batch as materialized (
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bytea[], $5::bytea[], $6::bytea[], $7::text[], $8::text[], $9::text[],
    $10::uuid[], $11::text[], $12::bytea[]) with ordinality as b(event_id, id, name, phone_number, phone_index, phone_tail_index,
    entry_path, visit_token, application_number, submission_id, entry_id, entry_salt, place)
),
gate as materialized (
  select event_id, ${sharedEventGate('event_id')} from (select distinct event_id from batch order by event_id) d
),
held as materialized (
  select e.id, e.status, e.starts_at, e.ends_at, e.announcement_date, e.visit_token, e.rules_seq, e.consent_version
  from events e join gate on gate.event_id = e.id
  order by e.id
  for share of e
),
clock as materialized (
  select date_trunc('milliseconds', clock_timestamp()) as at, count(*) from held
),
judged as materialized (
  select b.*, h.starts_at, h.announcement_date, h.rules_seq, h.consent_version, clock.at,
    store.entry_path is not null as visited,
    coalesce(store.entry_path, link.entry_path) as path,
    case
      when h.id is null or h.status = 'draft' then 'unknown-event'
      when h.status <> 'published' then h.status
      when clock.at < h.starts_at then 'early'
      when clock.at >= h.ends_at then 'late'
      when store.entry_path is null and link.entry_path is null then 'unknown-path'
    end as refusal
  from batch b
  cross join clock
  left join held h on h.id = b.event_id
  left join channels link on link.event_id = b.event_id and link.entry_path = b.entry_path and link.kind = 'link' and not link.archived
  left join lateral (
    select c.entry_path from channels c
    where c.event_id = b.event_id and c.kind = 'store' and not c.archived and b.visit_token = h.visit_token
    limit 1
  ) store on true
),
inserted as (
  insert into participants (event_id, id, name, phone_number, phone_index, phone_tail_index, entry_path, application_number,
    participated_at, submission_id, visited, visited_at, entry_id, entry_salt, consented_at, consent_version, rules_seq)
  select event_id, id, name, phone_number, phone_index, phone_tail_index, path, application_number,
    at, submission_id, visited, case when visited then at end, entry_id, entry_salt, at, consent_version, rules_seq
  from judged
  where refusal is null
  order by event_id, phone_index
  on conflict (event_id, phone_index) do nothing
  returning event_id, id, entry_path, participated_at
),
queued as (
  insert into outbox (message_id, event_type, schema_version, key, payload)
  select id, 'ParticipantRegistered', 1, id, jsonb_build_object('participantId', id, 'eventId', event_id, 'entryPath', entry_path,
    'timestamp', to_char(participated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from inserted
)
select j.place::int as place,
  case when i.id is not null then 'registered' else coalesce(j.refusal, 'duplicate') end as verdict,
  j.path as "entryPath", j.visited, i.participated_at as "participatedAt", j.starts_at as "startsAt",
  j.announcement_date as "announcementDate"
from judged j
left join inserted i on i.id = j.id and i.event_id = j.event_id`

/** Runs the registration statement for a batch; answers one row an entry, in no particular order. */
export function registerParticipants(
  runner: StatementRunner,
  batch: readonly NewParticipant[],
): Promise<RegisteredRow[]> {
  return runner.run<RegisteredRow>(registerStatement, [
    arrayLiteral(batch.map((entry) => entry.eventId)),
    arrayLiteral(batch.map((entry) => entry.id)),
    arrayLiteral(batch.map((entry) => entry.name)),
    byteaArrayLiteral(batch.map((entry) => entry.phoneNumber)),
    byteaArrayLiteral(batch.map((entry) => entry.phoneIndex)),
    byteaArrayLiteral(batch.map((entry) => entry.phoneTailIndex)),
    arrayLiteral(batch.map((entry) => entry.entryPath)),
    arrayLiteral(batch.map((entry) => entry.visitToken)),
    arrayLiteral(batch.map((entry) => entry.applicationNumber)),
    arrayLiteral(batch.map((entry) => entry.submissionId)),
    arrayLiteral(batch.map((entry) => entry.entryId)),
    byteaArrayLiteral(batch.map((entry) => entry.entrySalt)),
  ])
}

export interface EarlierEntry {
  place: number
  id: string
  submissionId: string | null
  applicationNumber: string
  entryPath: string
  visited: boolean
  participatedAt: Date
  announcementDate: Date
}

const earlierStatement = `
select b.place::int as place, p.id, p.submission_id as "submissionId", p.application_number as "applicationNumber",
  p.entry_path as "entryPath", p.visited, p.participated_at as "participatedAt", e.announcement_date as "announcementDate"
from unnest($1::uuid[], $2::bytea[]) with ordinality as b(event_id, phone_index, place)
join participants p on p.event_id = b.event_id and p.phone_index = b.phone_index
join events e on e.id = b.event_id`

/**
 * The entries that hold these phone numbers already. A statement of its own, after registerParticipants: that one's snapshot may not
 * see the row that it met. `place` counts from 1.
 */
export function earlierEntries(
  runner: StatementRunner,
  entries: readonly Pick<NewParticipant, 'eventId' | 'phoneIndex'>[],
): Promise<EarlierEntry[]> {
  return runner.run<EarlierEntry>(earlierStatement, [
    arrayLiteral(entries.map((entry) => entry.eventId)),
    byteaArrayLiteral(entries.map((entry) => entry.phoneIndex)),
  ])
}
