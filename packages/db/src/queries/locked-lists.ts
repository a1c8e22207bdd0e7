import { asc, eq, sql } from 'drizzle-orm'
import type { Executor } from '../client.ts'
import { lockedListParts, lockedLists } from '../schema/index.ts'

/** Entries written and read at once; about 2.4 MB of text. */
const BATCH = 50_000

/**
 * Stores the list of an event's entries as CSV lines `id,tickets,reason`, ascending by id (COLLATE "C"), and hands each piece to `take`:
 * what is hashed is what was stored. Tickets are 1, and `visitBonus` more after a visit, or 0 where the entry takes no part. The caller
 * holds the event's gate. Pieces of text, not rows: a million objects would cost more than everything else that a draw does.
 */
export async function storeEntries(
  tx: Executor,
  { eventId, visitBonus }: { eventId: string; visitBonus: number },
  take: (lines: string) => void,
): Promise<void> {
  const store = async (part: number, after: string) => {
    const [piece] = await tx.execute<{ lines: string | null; last: string | null }>(sql`
      with batch as materialized (
        select entry_id, case when exclusion_reason = 0 then 1 + visited::int * ${visitBonus}::int else 0 end as tickets,
          exclusion_reason as reason
        from participants
        where event_id = ${eventId} and entry_id > ${after}
        order by entry_id limit ${BATCH}
      ),
      piece as materialized (
        select string_agg(entry_id || ',' || tickets || ',' || reason || E'\\n', '') as lines, max(entry_id) as last from batch
      ),
      stored as (
        insert into locked_list_parts (event_id, part, bytes)
        select ${eventId}, ${part}::int, convert_to(lines, 'UTF8') from piece where lines is not null
      )
      select lines, last from piece`)
    return piece?.lines && piece.last ? { lines: piece.lines, last: piece.last } : null
  }
  let piece = await store(0, '')
  for (let part = 1; piece; part++) {
    const { lines, last } = piece
    // Postgres makes the next piece while this one is worked on.
    const next = store(part, last)
    try {
      take(lines)
    } catch (error) {
      await next.catch(() => undefined)
      throw error
    }
    piece = await next
  }
}

/** What a lock says of its list; an event that has one already raises. */
export async function insertLockedList(
  tx: Executor,
  list: { eventId: string; entryCount: number; entriesRoot: Uint8Array; lockedAt: Date },
): Promise<void> {
  await tx.insert(lockedLists).values(list)
}

/** The root of an event's locked list and its number of entries; undefined before its first lock. */
export async function findLockedList(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<{ entryCount: number; entriesRoot: Uint8Array } | undefined> {
  const [row] = await executor
    .select({ entryCount: lockedLists.entryCount, entriesRoot: lockedLists.entriesRoot })
    .from(lockedLists)
    .where(eq(lockedLists.eventId, eventId))
  return row
}

/** The CSV lines of an event's locked list, piece by piece; nothing before its first lock. */
export async function* readLockedList(
  executor: Executor,
  { eventId }: { eventId: string },
): AsyncGenerator<string> {
  const parts = await executor
    .select({ part: lockedListParts.part })
    .from(lockedListParts)
    .where(eq(lockedListParts.eventId, eventId))
    .orderBy(asc(lockedListParts.part))
  for (const { part } of parts) {
    const [row] = await executor
      .select({ lines: sql<string>`convert_from(${lockedListParts.bytes}, 'UTF8')` })
      .from(lockedListParts)
      .where(sql`${lockedListParts.eventId} = ${eventId} and ${lockedListParts.part} = ${part}`)
    if (!row) throw new Error(`part ${part} of the locked list of event ${eventId} is gone`)
    yield row.lines
  }
}
