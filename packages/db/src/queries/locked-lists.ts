import { asc, eq, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { eventTotals, lockedListParts, lockedLists } from '../schema/index.ts'

/** Entries written and read at once, about 1 MB of text: with more, a million entries take 300 MB of memory. */
const BATCH = 20_000

/**
 * Stores the list of an event's entries as CSV lines `id,tickets,reason`, ascending by id (COLLATE "C"), and hands each piece to `take`:
 * what is hashed is what was stored. Tickets are 1, and `visitBonus` more after a visit, or 0 where the entry takes no part. The caller
 * holds the event's gate. Pieces of text, not rows: a million objects would cost more than everything else that a draw does.
 */
export async function storeEntries(
  tx: Executor,
  { eventId, visitBonus }: { eventId: string; visitBonus: number },
  take: (lines: string) => void,
  batch = BATCH,
): Promise<void> {
  const [visited, notVisited] = [`,${1 + visitBonus},0`, ',1,0']
  const store = async (part: number, after: string) => {
    // One expression a line and no named subquery: those were two thirds of the time of a draw over a million entries.
    const [piece] = await tx.execute<{ lines: string | null }>(sql`
      with piece as materialized (
        select string_agg(entry_id || case
          when exclusion_reason <> 0 then ',0,' || exclusion_reason
          when visited then ${visited}::text
          else ${notVisited}::text end, E'\n') || E'\n' as lines
        from (
          select entry_id, visited, exclusion_reason from participants
          where event_id = ${eventId} and entry_id > ${after}
          order by entry_id limit ${batch}
        ) taken
      ),
      stored as (
        insert into locked_list_parts (event_id, part, bytes)
        select ${eventId}, ${part}::int, convert_to(lines, 'UTF8') from piece where lines is not null
      )
      select lines from piece`)
    return piece?.lines ?? null
  }
  let lines = await store(0, '')
  for (let part = 1; lines !== null; part++) {
    // Postgres makes the next piece while this one is worked on.
    const next = store(part, lastIdOf(lines))
    try {
      take(lines)
    } catch (error) {
      await next.catch(() => undefined)
      throw error
    }
    lines = await next
  }
}

function lastIdOf(lines: string): string {
  const start = lines.lastIndexOf('\n', lines.length - 2) + 1
  return lines.slice(start, lines.indexOf(',', start))
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

/** About how many entries a list will have, as far as they are counted. */
export async function expectedEntries(executor: Executor, { eventId }: { eventId: string }): Promise<number> {
  const [row] = await executor
    .select({ total: eventTotals.total })
    .from(eventTotals)
    .where(eq(eventTotals.eventId, eventId))
  return row?.total ?? 0
}
