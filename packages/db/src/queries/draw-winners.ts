import { and, asc, eq, isNotNull } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { drawLogs, drawWinners, participants } from '../schema/index.ts'

export type NewDrawWinner = typeof drawWinners.$inferInsert

/** A row has 13 parameters, and a statement at most 65,535. */
const MAX_ROWS_PER_INSERT = 4_000

/** Stores every winner and alternate of an attempt. */
export async function insertDrawWinners(executor: Executor, rows: readonly NewDrawWinner[]): Promise<void> {
  for (let from = 0; from < rows.length; from += MAX_ROWS_PER_INSERT) {
    await executor.insert(drawWinners).values(rows.slice(from, from + MAX_ROWS_PER_INSERT))
  }
}

/** A participant who holds or held a prize slot. Personal data is null once destroyed. */
export interface SlotHolder {
  drawLogId: string
  attempt: number
  drawRank: number
  slot: number
  prize: string | null
  entryIndex: number
  entryId: string
  participantId: string
  standing: 'selected' | 'withdrawn'
  selectedAt: Date
  withdrawnAt: Date | null
  withdrawReason: string | null
  withdrawNote: string | null
  name: string | null
  phoneNumber: Uint8Array | null
  applicationNumber: string | null
  entrySalt: Uint8Array | null
  entryPath: string
}

/**
 * The holders of an event's prize slots, past ones included unless `current` is set: by slot, and within a
 * slot in the order in which they held it.
 */
export async function listSlotHolders(
  executor: Executor,
  { eventId, current = false }: { eventId: string; current?: boolean },
): Promise<SlotHolder[]> {
  const rows = await executor
    .select({
      drawLogId: drawWinners.drawLogId,
      attempt: drawLogs.attempt,
      drawRank: drawWinners.drawRank,
      slot: drawWinners.slot,
      prize: drawWinners.prize,
      entryIndex: drawWinners.entryIndex,
      entryId: drawWinners.entryId,
      participantId: drawWinners.participantId,
      standing: drawWinners.standing,
      selectedAt: drawWinners.selectedAt,
      withdrawnAt: drawWinners.withdrawnAt,
      withdrawReason: drawWinners.withdrawReason,
      withdrawNote: drawWinners.withdrawNote,
      name: participants.name,
      phoneNumber: participants.phoneNumber,
      applicationNumber: participants.applicationNumber,
      entrySalt: participants.entrySalt,
      entryPath: participants.entryPath,
    })
    .from(drawWinners)
    .innerJoin(drawLogs, eq(drawLogs.id, drawWinners.drawLogId))
    .innerJoin(
      participants,
      and(eq(participants.eventId, drawWinners.eventId), eq(participants.id, drawWinners.participantId)),
    )
    .where(
      and(
        eq(drawWinners.eventId, eventId),
        current ? eq(drawWinners.standing, 'selected') : isNotNull(drawWinners.slot),
      ),
    )
    .orderBy(asc(drawWinners.slot), asc(drawLogs.attempt), asc(drawWinners.drawRank))
  return rows.map(({ slot, selectedAt, standing, ...row }) => {
    if (slot === null || selectedAt === null || standing === 'alternate')
      throw new Error(`A slot holder of event ${eventId} has no slot`)
    return { ...row, slot, selectedAt, standing }
  })
}

/** The alternates of an event who still wait, in the order in which they would be promoted. */
export async function listWaitingAlternates(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<{ drawLogId: string; drawRank: number; entryId: string; participantId: string }[]> {
  return executor
    .select({
      drawLogId: drawWinners.drawLogId,
      drawRank: drawWinners.drawRank,
      entryId: drawWinners.entryId,
      participantId: drawWinners.participantId,
    })
    .from(drawWinners)
    .where(and(eq(drawWinners.eventId, eventId), eq(drawWinners.standing, 'alternate')))
    .orderBy(asc(drawWinners.drawRank))
}

/** Withdraws the current holder of a slot. Returns false when no participant holds it. */
export async function withdrawHolder(
  executor: Executor,
  change: { eventId: string; slot: number; at: Date; reason: string; note: string | null },
): Promise<boolean> {
  const rows = await executor
    .update(drawWinners)
    .set({
      standing: 'withdrawn',
      withdrawnAt: change.at,
      withdrawReason: change.reason,
      withdrawNote: change.note,
    })
    .where(
      and(
        eq(drawWinners.eventId, change.eventId),
        eq(drawWinners.slot, change.slot),
        eq(drawWinners.standing, 'selected'),
      ),
    )
    .returning({ slot: drawWinners.slot })
  return rows.length === 1
}

/**
 * Moves a waiting alternate into a slot and returns its participant id. Throws when the alternate does not
 * wait.
 */
export async function promoteAlternate(
  executor: Executor,
  change: { eventId: string; drawRank: number; slot: number; prize: string | null; at: Date },
): Promise<string> {
  const [row] = await executor
    .update(drawWinners)
    .set({ standing: 'selected', slot: change.slot, prize: change.prize, selectedAt: change.at })
    .where(
      and(
        eq(drawWinners.eventId, change.eventId),
        eq(drawWinners.drawRank, change.drawRank),
        eq(drawWinners.standing, 'alternate'),
      ),
    )
    .returning({ participantId: drawWinners.participantId })
  if (!row)
    throw new Error(`The alternate of rank ${change.drawRank} of event ${change.eventId} does not wait`)
  return row.participantId
}
