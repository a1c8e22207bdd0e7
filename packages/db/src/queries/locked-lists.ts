import { asc, eq, sql } from 'drizzle-orm'
import type { Executor } from '../client.ts'
import { lockedListParts, lockedLists } from '../schema/index.ts'

/** Entries read at once; about 2 MB of text. */
const BATCH = 50_000
/** Bytes of the stored list in one row; sent as twice as many hex digits. */
const PART = 1 << 20

/**
 * Hands every entry of an event to `add`, ascending by entry id (COLLATE "C"). The caller holds the event's gate. A batch arrives as one
 * text, not as rows: a million objects would cost more than everything else that a draw does.
 */
export async function readEntries(
  executor: Executor,
  { eventId }: { eventId: string },
  add: (entryId: string, visited: boolean, exclusionReason: number) => void,
): Promise<void> {
  let after = ''
  for (;;) {
    const [batch] = await executor.execute<{
      ids: string | null
      flags: string | null
      last: string | null
    }>(sql`
      select string_agg(entry_id, ' ') as ids, max(entry_id) as last,
        string_agg((exclusion_reason * 2 + visited::int)::text, ' ') as flags
      from (
        select entry_id, exclusion_reason, visited from participants
        where event_id = ${eventId} and entry_id > ${after}
        order by entry_id limit ${BATCH}
      ) batch`)
    if (!batch || batch.ids === null || batch.flags === null || batch.last === null) return
    const { ids, flags } = batch
    let idAt = 0
    let flagAt = 0
    while (idAt < ids.length) {
      const idEnd = endOf(ids, idAt)
      const flagEnd = endOf(flags, flagAt)
      const flag = Number(flags.slice(flagAt, flagEnd))
      add(ids.slice(idAt, idEnd), (flag & 1) === 1, flag >> 1)
      idAt = idEnd + 1
      flagAt = flagEnd + 1
    }
    after = batch.last
  }
}

function endOf(text: string, from: number): number {
  const space = text.indexOf(' ', from)
  return space < 0 ? text.length : space
}

/** Stores the list that a first lock froze; an event that has one already raises. */
export async function insertLockedList(
  executor: Executor,
  list: { eventId: string; entryCount: number; entriesRoot: Uint8Array; lockedAt: Date; bytes: Uint8Array },
): Promise<void> {
  const { bytes, ...row } = list
  await executor.insert(lockedLists).values(row)
  for (let part = 0; part * PART < bytes.length; part++) {
    await executor.insert(lockedListParts).values({
      eventId: list.eventId,
      part,
      bytes: bytes.subarray(part * PART, (part + 1) * PART),
    })
  }
}

/** The bytes of an event's locked list; undefined before its first lock. */
export async function readLockedList(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<Uint8Array | undefined> {
  const parts = await executor
    .select({
      part: lockedListParts.part,
      size: sql`length(${lockedListParts.bytes})`.mapWith(Number),
    })
    .from(lockedListParts)
    .where(eq(lockedListParts.eventId, eventId))
    .orderBy(asc(lockedListParts.part))
  if (parts.length === 0) return undefined
  const bytes = new Uint8Array(parts.reduce((sum, { size }) => sum + size, 0))
  let at = 0
  for (const { part } of parts) {
    const [row] = await executor
      .select({ bytes: lockedListParts.bytes })
      .from(lockedListParts)
      .where(sql`${lockedListParts.eventId} = ${eventId} and ${lockedListParts.part} = ${part}`)
    if (!row) throw new Error(`part ${part} of the locked list of event ${eventId} is gone`)
    bytes.set(row.bytes, at)
    at += row.bytes.length
  }
  return bytes
}
