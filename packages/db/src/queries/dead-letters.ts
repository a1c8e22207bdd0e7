import type { StatementRunner } from '../connection/statement-link.ts'

/** A message that could not be counted, whole, with its cause and position. */
export interface DeadLetter {
  /** Derived from the position, so that a second delivery becomes the same letter. */
  id: string
  source: 'kafka' | 'outbox'
  topic: string | null
  partition: number | null
  /** Decimal. */
  offset: string | null
  messageId: string | null
  eventType: string | null
  key: Uint8Array | null
  /** JSON object of header names to values. */
  headers: string
  value: Uint8Array | null
  cause: string
}

export interface StoredDeadLetter extends DeadLetter {
  createdAt: Date
  replayedAt: Date | null
}

/**
 * Stores letters, each once, deletes their rows from the outbox in the same statement, and returns how many
 * were new.
 */
export async function insertDeadLetters(
  link: StatementRunner,
  letters: readonly DeadLetter[],
  outboxIds: readonly string[],
): Promise<number> {
  const rows = letters.map((letter) => ({
    id: letter.id,
    source: letter.source,
    topic: toStorableText(letter.topic),
    partition: letter.partition,
    offset: letter.offset,
    message_id: toStorableText(letter.messageId),
    event_type: toStorableText(letter.eventType),
    key: hex(letter.key),
    headers: toStorableText(letter.headers),
    value: hex(letter.value),
    cause: toStorableText(letter.cause),
  }))
  const [row] = await link.run<{ stored: number }>(
    `with stored as (
      insert into analytics.dead_letters
        (id, source, topic, partition, "offset", message_id, event_type, key, headers, value, cause)
      select id, source, topic, partition, "offset", message_id, event_type, decode(key, 'hex'), headers, decode(value, 'hex'), cause
      from jsonb_to_recordset($1::text::jsonb) as l (id uuid, source text, topic text, partition int, "offset" bigint,
        message_id text, event_type text, key text, headers text, value text, cause text)
      order by id
      on conflict (id) do nothing
      returning id
    ),
    gone as (delete from public.outbox where message_id = any($2::text::uuid[]))
    select count(*)::int as stored from stored`,
    [JSON.stringify(rows), `{${outboxIds.join(',')}}`],
  )
  return row?.stored ?? 0
}

const columns = `id, source, topic, partition, "offset"::text as "offset", message_id as "messageId", event_type as "eventType",
  key, headers, value, cause, created_at as "createdAt", replayed_at as "replayedAt"`

/** Letters, newest first; replayed ones only when `replayed` is set. */
export function listDeadLetters(
  link: StatementRunner,
  { limit, replayed }: { limit: number; replayed: boolean },
): Promise<StoredDeadLetter[]> {
  return link.run<StoredDeadLetter>(
    `select ${columns} from analytics.dead_letters
     where $2::boolean or replayed_at is null order by created_at desc, id limit $1::int`,
    [limit, replayed],
  )
}

/** A letter, or null. */
export async function findDeadLetter(link: StatementRunner, id: string): Promise<StoredDeadLetter | null> {
  const [row] = await link.run<StoredDeadLetter>(
    `select ${columns} from analytics.dead_letters where id = $1::uuid`,
    [id],
  )
  return row ?? null
}

/** Marks a letter as replayed now. */
export async function markReplayed(link: StatementRunner, id: string): Promise<void> {
  await link.run('update analytics.dead_letters set replayed_at = now() where id = $1::uuid', [id])
}

/** Counts the letters that were not replayed. */
export async function countDeadLetters(link: StatementRunner): Promise<number> {
  const [row] = await link.run<{ waiting: number }>(
    'select count(*)::int as waiting from analytics.dead_letters where replayed_at is null',
  )
  return row?.waiting ?? 0
}

function hex(bytes: Uint8Array | null): string | null {
  return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

/** Replaces what text in PostgreSQL cannot hold: NUL and unpaired surrogates. */
function toStorableText(text: string | null): string | null {
  return text?.replaceAll('\0', '\u{fffd}').toWellFormed() ?? null
}
