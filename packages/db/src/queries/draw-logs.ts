import { and, asc, desc, eq, isNull, lte, or, sql } from 'drizzle-orm'
import { arrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'
import { drawLogs } from '../schema/index.ts'

export type DrawLogRow = typeof drawLogs.$inferSelect
export type NewDrawLog = typeof drawLogs.$inferInsert

/** An attempt by its id, or undefined. */
export async function findDrawLog(
  executor: Executor,
  { drawLogId }: { drawLogId: string },
): Promise<DrawLogRow | undefined> {
  const [row] = await executor.select().from(drawLogs).where(eq(drawLogs.id, drawLogId))
  return row
}

/** An event's attempts, oldest first. */
export function listDrawLogs(executor: Executor, { eventId }: { eventId: string }): Promise<DrawLogRow[]> {
  return executor.select().from(drawLogs).where(eq(drawLogs.eventId, eventId)).orderBy(asc(drawLogs.attempt))
}

/** The newest attempt of an event, or undefined. */
export async function findLatestDrawLog(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<DrawLogRow | undefined> {
  const [row] = await executor
    .select()
    .from(drawLogs)
    .where(eq(drawLogs.eventId, eventId))
    .orderBy(desc(drawLogs.attempt))
    .limit(1)
  return row
}

/** The newest attempt of each of the events. */
export async function listLatestDrawLogs(
  executor: Executor,
  { eventIds }: { eventIds: string[] },
): Promise<DrawLogRow[]> {
  if (eventIds.length === 0) return []
  return executor
    .selectDistinctOn([drawLogs.eventId])
    .from(drawLogs)
    .where(sql`${drawLogs.eventId} = any(${arrayLiteral(eventIds)}::uuid[])`)
    .orderBy(asc(drawLogs.eventId), desc(drawLogs.attempt))
}

/**
 * Every attempt with a lock and no result that is to be tried by now, those that failed least often first, so
 * that one that cannot be finished holds up no other.
 */
export function listOpenDrawLogs(executor: Executor, { now }: { now: Date }): Promise<DrawLogRow[]> {
  return executor
    .select()
    .from(drawLogs)
    .where(and(isNull(drawLogs.drawnAt), or(isNull(drawLogs.nextTryAt), lte(drawLogs.nextTryAt, now))))
    .orderBy(asc(drawLogs.failures), asc(drawLogs.lockedAt))
}

/** Records that finishing an attempt failed, and when it is tried again. */
export async function postponeDrawLog(
  executor: Executor,
  { drawLogId, nextTryAt }: { drawLogId: string; nextTryAt: Date },
): Promise<void> {
  await executor
    .update(drawLogs)
    .set({ failures: sql`${drawLogs.failures} + 1`, nextTryAt })
    .where(and(eq(drawLogs.id, drawLogId), isNull(drawLogs.drawnAt)))
}

/** Stores an attempt at its lock. Rejects with a unique violation when the event has another open attempt. */
export async function insertDrawLog(executor: Executor, log: NewDrawLog): Promise<void> {
  await executor.insert(drawLogs).values(log)
}

/** Records when an open attempt was drawn. Returns false when that was recorded already. */
export async function closeDrawLog(
  executor: Executor,
  { drawLogId, drawnAt }: { drawLogId: string; drawnAt: Date },
): Promise<boolean> {
  const rows = await executor
    .update(drawLogs)
    .set({ drawnAt })
    .where(and(eq(drawLogs.id, drawLogId), isNull(drawLogs.drawnAt)))
    .returning({ id: drawLogs.id })
  return rows.length === 1
}
