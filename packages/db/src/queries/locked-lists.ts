import { asc, eq, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { lockedListParts, lockedLists } from '../schema/index.ts'

/** About 1 MB of text. With larger pieces a million entries take 300 MB of memory. */
const ENTRIES_PER_PART = 20_000

/**
 * Stores the list of an event's entries as CSV lines `id,tickets,reason`, ascending by id (COLLATE "C"), and
 * passes each part to `onLines`, so that what is hashed is what was stored. An entry has 1 ticket,
 * `visitBonus` more after a visit, and 0 when it is excluded. The list is public for good: the reserved reasons 6
 * and 7 (fraud, other) stand in it as 4 (ineligible). The caller holds the event's gate. Parts are
 * text, not rows: a million objects would cost more than the rest of a draw.
 */
export async function storeEntries(
  tx: Executor,
  { eventId, visitBonus }: { eventId: string; visitBonus: number },
  onLines: (lines: string) => void,
  entriesPerPart = ENTRIES_PER_PART,
): Promise<void> {
  const [visited, notVisited] = [`,${1 + visitBonus},0`, ',1,0']
  const store = async (part: number, after: string) => {
    // One expression per line and no named subquery: those took two thirds of the time of a draw over a
    // million entries.
    const [piece] = await tx.execute<{ lines: string | null }>(sql`
      with piece as materialized (
        select string_agg(entry_id || case
          when exclusion_reason <> 0 then ',0,' || case when exclusion_reason < 6 then exclusion_reason else 4 end
          when visited then ${visited}::text
          else ${notVisited}::text end, E'\n') || E'\n' as lines
        from (
          select entry_id, visited, exclusion_reason from participants
          where event_id = ${eventId} and entry_id > ${after}
          order by entry_id limit ${entriesPerPart}
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
    // PostgreSQL builds the next part while this one is hashed.
    const next = store(part, lastIdOf(lines))
    try {
      onLines(lines)
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

/**
 * Stores the facts of a locked list. Rejects with a unique violation when the event has one already.
 */
export async function insertLockedList(
  tx: Executor,
  list: {
    eventId: string
    entryCount: number
    entriesRoot: Uint8Array
    /** How many entries were excluded, by reason. */
    earlierWinners: number
    excludedStaff: number
    excludedDuplicates: number
    excludedIneligible: number
    lockedAt: Date
  },
): Promise<void> {
  await tx.insert(lockedLists).values(list)
}

/** The size and root of an event's locked list, or undefined before its first lock. */
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

/** Yields the CSV lines of an event's locked list part by part; yields nothing before its first lock. */
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
    if (!row) throw new Error(`Part ${part} of the locked list of event ${eventId} is missing`)
    yield row.lines
  }
}
