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

/** What became of one entry of a batch. */
export interface RegisteredRow {
  verdict: RegisterVerdict
  entryPath: string | null
  visited: boolean
  participatedAt: Date
  /** Of its event; null for an unknown one. */
  startsAt: Date | null
  announcementDate: Date | null
  /** Hex, of the rules in force; null where the statement's snapshot does not have their record yet. */
  rulesHash: string | null
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
select (select at from clock) as at,
  (select json_agg(json_build_array(id, starts_at, announcement_date, (
    select encode(r.hash, 'hex') from draw_records r where r.event_id = held.id and r.seq = held.rules_seq))) from held) as events,
  (select json_agg(json_build_array(event_id, id, refusal, path, visited) order by place) from judged) as entries,
  (select coalesce(json_agg(id), '[]') from inserted) as inserted`

/** One row, since a statement planned for any size of batch would join its own parts row by row. */
interface Written {
  at: Date
  events: [id: string, startsAt: string, announcementDate: string, rulesHash: string | null][] | null
  entries: [
    eventId: string,
    id: string,
    refusal: Exclude<RegisterVerdict, 'registered' | 'duplicate'> | null,
    path: string | null,
    visited: boolean,
  ][]
  inserted: string[]
}

/**
 * For the connections that run it: planning costs ten times what running one row does, and the plan is good for any batch, since nothing
 * in the statement is joined to more than a few rows.
 */
export const registerSettings = { plan_cache_mode: 'force_generic_plan' }

/** Runs the registration statement for a batch; answers a row an entry, in the batch's order. */
export async function registerParticipants(
  runner: StatementRunner,
  batch: readonly NewParticipant[],
): Promise<RegisteredRow[]> {
  const [written] = await runner.run<Written>(registerStatement, [
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
  if (!written) throw new Error('a select without a from has no row')
  const inserted = new Set(written.inserted)
  const events = new Map(
    written.events?.map(([id, startsAt, announcementDate, rulesHash]) => [
      id,
      { startsAt: new Date(startsAt), announcementDate: new Date(announcementDate), rulesHash },
    ]),
  )
  return written.entries.map(([eventId, id, refusal, entryPath, visited]) => ({
    verdict: refusal ?? (inserted.has(id) ? 'registered' : 'duplicate'),
    entryPath,
    visited,
    participatedAt: written.at,
    ...(events.get(eventId) ?? { startsAt: null, announcementDate: null, rulesHash: null }),
  }))
}

export interface EarlierEntry {
  place: number
  id: string
  submissionId: string | null
  applicationNumber: string
  entryPath: string
  visited: boolean
  visitedAt: Date | null
  participatedAt: Date
  announcementDate: Date
  entryId: string
  entrySalt: Uint8Array
  rulesHash: string | null
}

const earlierStatement = `
select b.place::int as place, p.id, p.submission_id as "submissionId", p.application_number as "applicationNumber",
  p.entry_path as "entryPath", p.visited, p.visited_at as "visitedAt", p.participated_at as "participatedAt",
  e.announcement_date as "announcementDate", p.entry_id as "entryId", p.entry_salt as "entrySalt", encode(r.hash, 'hex') as "rulesHash"
from unnest($1::uuid[], $2::bytea[]) with ordinality as b(event_id, phone_index, place)
join participants p on p.event_id = b.event_id and p.phone_index = b.phone_index
join events e on e.id = b.event_id
left join draw_records r on r.event_id = p.event_id and r.seq = p.rules_seq`

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

/** The id of the key that made an event's indexes; undefined for an unknown event. */
export async function findEventKey(runner: StatementRunner, eventId: string): Promise<string | undefined> {
  const [row] = await runner.run<{ keyId: string }>(
    'select key_id as "keyId" from events where id = $1::uuid',
    [eventId],
  )
  return row?.keyId
}
