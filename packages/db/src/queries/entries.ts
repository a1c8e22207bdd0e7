import { and, eq, type SQL } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { participants } from '../schema/index.ts'

const columns = {
  id: participants.id,
  applicationNumber: participants.applicationNumber,
  phoneIndex: participants.phoneIndex,
  entryPath: participants.entryPath,
  participatedAt: participants.participatedAt,
  visited: participants.visited,
  visitedAt: participants.visitedAt,
  entryId: participants.entryId,
  entrySalt: participants.entrySalt,
  rulesSeq: participants.rulesSeq,
  exclusionReason: participants.exclusionReason,
}

/** An entry as receipts and proofs need it. */
export type EntryRow = Pick<typeof participants.$inferSelect, keyof typeof columns>

async function findOne(executor: Executor, eventId: string, where: SQL): Promise<EntryRow | undefined> {
  const [row] = await executor
    .select(columns)
    .from(participants)
    .where(and(eq(participants.eventId, eventId), where))
  return row
}

/** An entry by its participant, or undefined. */
export const findEntry = (
  executor: Executor,
  { eventId, participantId }: { eventId: string; participantId: string },
): Promise<EntryRow | undefined> => findOne(executor, eventId, eq(participants.id, participantId))

/** An entry by its application number as shown, or undefined. */
export const findEntryByNumber = (
  executor: Executor,
  { eventId, applicationNumber }: { eventId: string; applicationNumber: string },
): Promise<EntryRow | undefined> =>
  findOne(executor, eventId, eq(participants.applicationNumber, applicationNumber))

/** An entry by its opaque id, or undefined. */
export const findEntryById = (
  executor: Executor,
  { eventId, entryId }: { eventId: string; entryId: string },
): Promise<EntryRow | undefined> => findOne(executor, eventId, eq(participants.entryId, entryId))
