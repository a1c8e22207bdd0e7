import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { drawRecords } from '../schema/index.ts'

export type DrawRecordRow = typeof drawRecords.$inferSelect
export type NewDrawRecord = Omit<typeof drawRecords.$inferInsert, 'createdAt'>

/** An event's chain, from seq 0. */
export function listDrawRecords(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<DrawRecordRow[]> {
  return executor
    .select()
    .from(drawRecords)
    .where(eq(drawRecords.eventId, eventId))
    .orderBy(asc(drawRecords.seq))
}

/** The rules records of an event, the first one first. */
export function listRulesRecords(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<DrawRecordRow[]> {
  return executor
    .select()
    .from(drawRecords)
    .where(and(eq(drawRecords.eventId, eventId), eq(drawRecords.type, 'rules')))
    .orderBy(asc(drawRecords.seq))
}

/** The newest record of an event's chain; undefined before publication. */
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

/** Records of an event by their seq. */
export function findDrawRecords(
  executor: Executor,
  { eventId, seqs }: { eventId: string; seqs: number[] },
): Promise<DrawRecordRow[]> {
  return executor
    .select()
    .from(drawRecords)
    .where(and(eq(drawRecords.eventId, eventId), inArray(drawRecords.seq, seqs)))
    .orderBy(asc(drawRecords.seq))
}

/** Appends records to a chain; a seq that is taken raises, so that a chain never forks. */
export async function insertDrawRecords(
  executor: Executor,
  records: readonly NewDrawRecord[],
): Promise<void> {
  if (records.length > 0) await executor.insert(drawRecords).values([...records])
}
