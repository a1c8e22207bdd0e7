import { arrayLiteral, byteaArrayLiteral } from '../connection/array-literal.ts'
import type { StatementRunner } from '../connection/statement-link.ts'

/** One entry, ready to be written. */
export interface NewParticipant {
  eventId: string
  /** UUIDv7. */
  id: string
  name: string
  phoneNumber: Uint8Array
  phoneIndex: Uint8Array
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
 * `early`, `late` come from status and clock as they were behind the event's gate.
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
  /** Hex, of the rules in force. */
  rulesHash: string | null
}

/**
 * Participants and the intents to publish them, in one statement: neither exists without the other. entry_terms() takes each event's gate,
 * in id order, and reads status, clock and paths behind it; rows go in by phone number, so that two batches never wait for each other.
 * Nearly every batch is taken whole, so rows are answered for only where one was not.
 */
export const registerStatement = `
with terms as materialized (
  select e.id, e.place, t.*
  from unnest($1::uuid[]) with ordinality as e(id, place) cross join lateral entry_terms(e.id) t
),
inserted as (
  insert into participants (event_id, id, name, phone_number, phone_index, entry_path, application_number,
    participated_at, submission_id, visited, visited_at, entry_id, entry_salt, consented_at, consent_version, rules_seq)
  select t.id, b.id, b.name, b.phone_number, b.phone_index, path.entry_path, b.application_number,
    t.at, b.submission_id, visit.counts, case when visit.counts then t.at end, b.entry_id, b.entry_salt, t.at, t.consent_version, t.rules_seq
  from unnest($2::int[], $3::uuid[], $4::text[], $5::bytea[], $6::bytea[], $7::text[], $8::text[], $9::text[], $10::uuid[],
    $11::text[], $12::bytea[]) as b(event_place, id, name, phone_number, phone_index, entry_path, visit_token, application_number,
    submission_id, entry_id, entry_salt)
  join terms t on t.place = b.event_place
  cross join lateral (select coalesce(b.visit_token = t.visit_token, false) as counts) visit
  cross join lateral (select case
    when visit.counts then t.store_path
    when b.entry_path = any(t.link_paths) then b.entry_path
  end as entry_path) path
  where t.refusal is null and path.entry_path is not null
  order by t.id, b.phone_index
  on conflict (event_id, phone_index) do nothing
  returning event_id, id, entry_path, participated_at
),
queued as (
  insert into outbox (message_id, event_type, schema_version, key, payload)
  select id, 'ParticipantRegistered', 1, id, jsonb_build_object('participantId', id, 'eventId', event_id, 'entryPath', entry_path,
    'timestamp', to_char(participated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from inserted
)
select refusal, at, starts_at as "startsAt", announcement_date as "announcementDate", array_to_json(link_paths) as "linkPaths",
  store_path as "storePath", visit_token as "visitToken", rules_hash as "rulesHash",
  (select case when count(*) < cardinality($3::uuid[]) then coalesce(json_agg(id), '[]') end from inserted) as inserted
from terms
order by place`

/** An event of the batch, as its entries found it. */
interface EntryTerms {
  refusal: Exclude<RegisterVerdict, 'registered' | 'duplicate' | 'unknown-path'> | null
  at: Date
  startsAt: Date | null
  announcementDate: Date | null
  linkPaths: string[] | null
  storePath: string | null
  visitToken: string | null
  rulesHash: string | null
  /** Of the whole batch, the same beside every event; null: all of it. */
  inserted: string[] | null
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
  const eventIds = [...new Set(batch.map((entry) => entry.eventId))].sort()
  const placeOf = new Map(eventIds.map((eventId, at) => [eventId, at + 1]))
  const terms = await runner.run<EntryTerms>(registerStatement, [
    arrayLiteral(eventIds),
    arrayLiteral(batch.map((entry) => String(placeOf.get(entry.eventId)))),
    arrayLiteral(batch.map((entry) => entry.id)),
    arrayLiteral(batch.map((entry) => entry.name)),
    byteaArrayLiteral(batch.map((entry) => entry.phoneNumber)),
    byteaArrayLiteral(batch.map((entry) => entry.phoneIndex)),
    arrayLiteral(batch.map((entry) => entry.entryPath)),
    arrayLiteral(batch.map((entry) => entry.visitToken)),
    arrayLiteral(batch.map((entry) => entry.applicationNumber)),
    arrayLiteral(batch.map((entry) => entry.submissionId)),
    arrayLiteral(batch.map((entry) => entry.entryId)),
    byteaArrayLiteral(batch.map((entry) => entry.entrySalt)),
  ])
  const inserted = terms[0]?.inserted && new Set(terms[0].inserted)
  return batch.map((entry) => {
    const found = terms[(placeOf.get(entry.eventId) ?? 0) - 1]
    if (!found) throw new Error('an event of the batch has no terms')
    return answerOf(entry, found, !inserted || inserted.has(entry.id))
  })
}

function answerOf(entry: NewParticipant, terms: EntryTerms, isIn: boolean): RegisteredRow {
  const { at: participatedAt, startsAt, announcementDate, rulesHash } = terms
  const visited = entry.visitToken !== null && entry.visitToken === terms.visitToken
  const entryPath = visited ? terms.storePath : entry.entryPath
  const knowsPath = visited || (entryPath !== null && terms.linkPaths?.includes(entryPath) === true)
  const refusal = terms.refusal ?? (knowsPath ? 'duplicate' : 'unknown-path')
  const verdict = isIn ? 'registered' : refusal
  return { verdict, entryPath, visited, participatedAt, startsAt, announcementDate, rulesHash }
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
