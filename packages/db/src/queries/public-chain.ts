import { sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'

/** Where a chain ends, or the part of it that is read. */
export interface ChainTip {
  eventId: string
  seq: number
  /** Of the record, in hex. */
  hash: string
}

/** The newest record of an event's chain; undefined before publication. */
export async function findChainTip(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<ChainTip | undefined> {
  const [row] = await executor.execute<Omit<ChainTip, 'eventId'>>(sql`
    select seq, encode(hash, 'hex') as hash from draw_records where event_id = ${eventId}
    order by seq desc limit 1`)
  return row && { eventId, ...row }
}

/** The type of a statement's rows; an interface alone is no Record. */
type Row<Columns> = Pick<Columns, keyof Columns>

/** What identifies the transcript of a draw with a result. */
export interface TranscriptTip extends ChainTip {
  /** Hash of the openings. */
  openingsHash: string
  /** `{index, applicationNumber, person}` as JSON, separated by commas; null unless they are requested. */
  openings: string | null
}

/**
 * The end of the transcript that a draw belongs to, without a lock that still has no result: read in one
 * statement, so that the openings fit the records. There are openings of everybody who ever held a slot, except
 * those whose personal data was destroyed, from the announcement date on. Undefined for an unknown draw.
 */
export async function findTranscriptTip(
  executor: Executor,
  { drawLogId, withOpenings }: { drawLogId: string; withOpenings: boolean },
): Promise<{ isDrawn: boolean; drawsAt: Date | null; tip: TranscriptTip } | undefined> {
  // Application numbers and hex contain no character that JSON escapes.
  const [row] = await executor.execute<Row<TranscriptTip & { isDrawn: boolean; drawsAt: string | null }>>(sql`
    select l.event_id as "eventId", l.drawn_at is not null as "isDrawn", to_json(l.draws_at) #>> '{}' as "drawsAt", r.seq, encode(r.hash, 'hex') as hash,
      md5(o.openings) as "openingsHash", case when ${withOpenings}::boolean then o.openings end as openings
    from draw_logs l
    join events e on e.id = l.event_id
    cross join lateral (
      select seq, hash from draw_records where event_id = l.event_id and type <> 'lock'
      order by seq desc limit 1
    ) r
    cross join lateral (
      select coalesce(string_agg('{"index":' || w.entry_index || ',"applicationNumber":"' ||
        p.application_number || '","person":"' || encode(w.person, 'hex') || '"}', ','
        order by w.entry_index), '') as openings
      from draw_winners w
      join participants p on p.event_id = w.event_id and p.id = w.participant_id
      where w.event_id = e.id and w.slot is not null and w.person is not null
        and p.application_number is not null and e.announcement_date <= clock_timestamp()
    ) o
    where l.id = ${drawLogId}`)
  if (!row) return undefined
  const { isDrawn, drawsAt, ...tip } = row
  return { isDrawn, drawsAt: drawsAt === null ? null : new Date(drawsAt), tip }
}

interface RecordSlice {
  eventId: string
  /** seq of the last record of the slice before; -1 for the first slice. */
  after: number
  upTo: number
  limit: number
}

/** Records exactly as hashed, in the order of the chain. */
export async function listRecordTexts(executor: Executor, slice: RecordSlice): Promise<string[]> {
  const rows = await executor.execute<{ record: string }>(
    sql`select record from draw_records ${where(slice)}`,
  )
  return rows.map(({ record }) => record)
}

/** The signatures of records in hex, in the order of the chain; null where a record has none. */
export async function listSignatures(executor: Executor, slice: RecordSlice): Promise<(string | null)[]> {
  const rows = await executor.execute<{ signature: string | null }>(
    sql`select encode(signature, 'hex') as signature from draw_records ${where(slice)}`,
  )
  return rows.map(({ signature }) => signature)
}

const where = ({ eventId, after, upTo, limit }: RecordSlice) =>
  sql`where event_id = ${eventId} and seq > ${after}::int and seq <= ${upTo}::int order by seq limit ${limit}::int`
