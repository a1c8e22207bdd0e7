import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { arrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'
import { drawRecords } from '../schema/index.ts'

export type DrawRecordRow = typeof drawRecords.$inferSelect
export type NewDrawRecord = Omit<typeof drawRecords.$inferInsert, 'createdAt'>

/** The records of an event's chain in its order, from seq 0; of one type where it is named. */
export function listDrawRecords(
  executor: Executor,
  { eventId, type }: { eventId: string; type?: DrawRecordRow['type'] },
): Promise<DrawRecordRow[]> {
  return executor
    .select()
    .from(drawRecords)
    .where(and(eq(drawRecords.eventId, eventId), type && eq(drawRecords.type, type)))
    .orderBy(asc(drawRecords.seq))
}

/** The newest record of an event's chain, or undefined before publication. */
export async function findChainHead(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<DrawRecordRow | undefined> {
  const [row] = await executor
    .select()
    .from(drawRecords)
    .where(eq(drawRecords.eventId, eventId))
    .orderBy(desc(drawRecords.seq))
    .limit(1)
  return row
}

/** The records of an event with these seqs, in ascending order. */
export function findDrawRecords(
  executor: Executor,
  { eventId, seqs }: { eventId: string; seqs: number[] },
): Promise<DrawRecordRow[]> {
  const among = sql`${drawRecords.seq} = any(${arrayLiteral(seqs.map(String))}::int[])`
  return executor
    .select()
    .from(drawRecords)
    .where(and(eq(drawRecords.eventId, eventId), among))
    .orderBy(asc(drawRecords.seq))
}

/**
 * Appends records to a chain. Rejects with a unique violation when a seq is taken, so that a chain never
 * forks.
 */
export async function insertDrawRecords(
  executor: Executor,
  records: readonly NewDrawRecord[],
): Promise<void> {
  if (records.length > 0) await executor.insert(drawRecords).values([...records])
}
