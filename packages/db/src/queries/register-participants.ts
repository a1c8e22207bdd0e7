import { arrayLiteral, byteaArrayLiteral } from '../connection/array-literal.ts'
import type { StatementRunner } from '../connection/statement-link.ts'

/** An entry that was validated, encrypted and numbered. Personal data is in envelopes and keyed hashes only. */
export interface NewParticipant {
  eventId: string
  /** UUIDv7. */
  id: string
  name: Uint8Array
  phoneNumber: Uint8Array
  phoneIndex: Uint8Array
  /** The channel that the customer chose; null together with a visit token. */
  entryPath: string | null
  visitToken: string | null
  applicationNumber: string
  submissionId: string | null
  entryId: string
  /** The version of the consent text that was shown; null where the caller named none. */
  consentVersion: number | null
  /**
   * The version of the marketing text whose box was ticked; NEWEST_TEXT for the event's newest, and null where
   * the box was not ticked.
   */
  marketingVersion: number | null
}

/** Stands for the newest version of a text, where the caller does not know which was shown. */
export const NEWEST_TEXT = 0

/**
 * The outcome of an entry: `registered`, or why it was rejected. `duplicate`: the event has an entry with
 * this phone number. `consent-changed`: the consent text that was shown is not the event's newest. `paused`:
 * the operator pauses the event or its shop. `locked`, `drawn`, `cancelled`, `early` and `late` follow from the
 * event's status and the clock. Status, clock and pause are read behind the event's gate.
 */
export type RegisterVerdict =
  | 'registered'
  | 'duplicate'
  | 'unknown-event'
  | 'unknown-path'
  | 'consent-changed'
  | 'paused'
  | 'early'
  | 'late'
  | 'locked'
  | 'drawn'
  | 'cancelled'

/** The outcome of one entry of a batch, with the terms of its event. */
export interface RegisteredRow {
  verdict: RegisterVerdict
  entryPath: string | null
  visited: boolean
  participatedAt: Date
  /** Null for an unknown event. */
  startsAt: Date | null
  announcementDate: Date | null
  /** Of the rules in force, in hex. */
  rulesHash: string | null
  /** Of a paused event, as the operator wrote it. */
  pauseReason: string | null
}

/**
 * Stores participants and the messages about them in one statement, so that neither exists without the other.
 * entry_terms() rejects what an event cannot take, and then takes each event's gate, in id order, and reads
 * status, clock and channels behind it. Rows
 * are inserted by phone index, so that two batches never deadlock. Nearly every batch is stored whole, so the
 * statement returns the inserted ids only when one is missing.
 */
export const registerStatement = `
with terms as materialized (
  select e.id, e.place, t.*
  from unnest($1::uuid[]) with ordinality as e(id, place) cross join lateral entry_terms(e.id, true) t
),
inserted as (
  insert into participants (event_id, id, name, phone_number, phone_index, entry_path, application_number,
    participated_at, submission_id, visited, visited_at, entry_id, consented_at, consent_version, rules_seq,
    marketing_version, marketing_consented_at)
  select t.id, b.id, b.name, b.phone_number, b.phone_index, path.entry_path, b.application_number,
    t.at, b.submission_id, visit.counts, case when visit.counts then t.at end, b.entry_id, t.at, t.consent_version, t.rules_seq,
    marketing.version, case when marketing.version is not null then t.at end
  from unnest($2::int[], $3::uuid[], $4::bytea[], $5::bytea[], $6::bytea[], $7::text[], $8::text[], $9::text[], $10::uuid[],
    $11::text[], $12::int[], $13::int[]) as b(event_place, id, name, phone_number, phone_index, entry_path, visit_token, application_number,
    submission_id, entry_id, consent_version, marketing_version)
  join terms t on t.place = b.event_place
  cross join lateral (select coalesce(b.visit_token = t.visit_token, false) as counts) visit
  cross join lateral (select case
    when visit.counts then t.store_path
    when b.entry_path = any(t.link_paths) then b.entry_path
  end as entry_path) path
  cross join lateral (select case
    when b.marketing_version = ${NEWEST_TEXT} then t.marketing_version
    when b.marketing_version <= t.marketing_version then b.marketing_version
  end as version) marketing
  where t.rejection is null and path.entry_path is not null
    and (b.consent_version is null or b.consent_version = t.consent_version)
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
select rejection, pause_reason as "pauseReason", at, starts_at as "startsAt", announcement_date as "announcementDate", array_to_json(link_paths) as "linkPaths",
  store_path as "storePath", visit_token as "visitToken", rules_hash as "rulesHash",
  consent_version as "consentVersion",
  (select case when count(*) < cardinality($3::uuid[]) then coalesce(json_agg(id), '[]') end from inserted) as inserted
from terms
order by place`

/** An event of the batch, as read behind its gate. */
interface EntryTerms {
  rejection: Exclude<RegisterVerdict, 'registered' | 'duplicate' | 'unknown-path' | 'consent-changed'> | null
  pauseReason: string | null
  at: Date
  startsAt: Date | null
  announcementDate: Date | null
  linkPaths: string[] | null
  storePath: string | null
  visitToken: string | null
  rulesHash: string | null
  consentVersion: number | null
  /** Ids of the whole batch, repeated with every event; null when every entry was inserted. */
  inserted: string[] | null
}

/**
 * Settings of the connections that run it: planning costs ten times as much as running it for one row, and
 * the generic plan is good for any batch, since nothing in the statement is joined to more than a few rows.
 */
export const registerSettings = { plan_cache_mode: 'force_generic_plan' }

/** Runs the registration statement for a batch and returns one row per entry, in the order of the batch. */
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
    byteaArrayLiteral(batch.map((entry) => entry.name)),
    byteaArrayLiteral(batch.map((entry) => entry.phoneNumber)),
    byteaArrayLiteral(batch.map((entry) => entry.phoneIndex)),
    arrayLiteral(batch.map((entry) => entry.entryPath)),
    arrayLiteral(batch.map((entry) => entry.visitToken)),
    arrayLiteral(batch.map((entry) => entry.applicationNumber)),
    arrayLiteral(batch.map((entry) => entry.submissionId)),
    arrayLiteral(batch.map((entry) => entry.entryId)),
    arrayLiteral(batch.map(({ consentVersion }) => textOrNull(consentVersion))),
    arrayLiteral(batch.map(({ marketingVersion }) => textOrNull(marketingVersion))),
  ])
  const inserted = terms[0]?.inserted && new Set(terms[0].inserted)
  return batch.map((entry) => {
    const found = terms[(placeOf.get(entry.eventId) ?? 0) - 1]
    if (!found) throw new Error('The registration statement returned no terms for an event of the batch')
    return outcomeOf(entry, found, !inserted || inserted.has(entry.id))
  })
}

const textOrNull = (version: number | null) => (version === null ? null : String(version))

function outcomeOf(entry: NewParticipant, terms: EntryTerms, isInserted: boolean): RegisteredRow {
  const { at: participatedAt, startsAt, announcementDate, rulesHash, pauseReason } = terms
  const visited = entry.visitToken !== null && entry.visitToken === terms.visitToken
  const entryPath = visited ? terms.storePath : entry.entryPath
  const isKnownPath = visited || (entryPath !== null && terms.linkPaths?.includes(entryPath) === true)
  const isConsentNewest = entry.consentVersion === null || entry.consentVersion === terms.consentVersion
  const rejection =
    terms.rejection ?? (isKnownPath ? (isConsentNewest ? 'duplicate' : 'consent-changed') : 'unknown-path')
  const verdict = isInserted ? 'registered' : rejection
  return { verdict, entryPath, visited, participatedAt, startsAt, announcementDate, rulesHash, pauseReason }
}
