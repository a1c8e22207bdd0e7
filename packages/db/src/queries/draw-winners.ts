import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { drawLogs, drawWinners, participants } from '../schema/index.ts'

export type NewDrawWinner = typeof drawWinners.$inferInsert

/** Rows of one statement; a row has 13 parameters, and a statement at most 65,535. */
const CHUNK = 4_000

/** The participants behind entry ids, as a map. */
export async function participantsOfEntries(
  executor: Executor,
  { eventId, entryIds }: { eventId: string; entryIds: readonly string[] },
): Promise<Map<string, string>> {
  const rows = await executor.execute<{ id: string; entryId: string }>(sql`
    select p.id, p.entry_id as "entryId"
    from jsonb_array_elements_text(${JSON.stringify(entryIds)}::jsonb) drawn(entry_id)
    join participants p on p.event_id = ${eventId} and p.entry_id = drawn.entry_id`)
  return new Map(rows.map(({ id, entryId }) => [entryId, id]))
}

/** Writes everybody that an attempt drew. */
export async function insertDrawWinners(executor: Executor, rows: readonly NewDrawWinner[]): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    await executor.insert(drawWinners).values(rows.slice(from, from + CHUNK))
  }
}

/** Marks participants as having won; the mark is never taken back. */
export async function markWinners(
  executor: Executor,
  { eventId, participantIds, wonAt }: { eventId: string; participantIds: readonly string[]; wonAt: Date },
): Promise<void> {
  await executor.execute(sql`
    update participants set is_winner = true, won_at = ${wonAt.toISOString()}::timestamptz
    where event_id = ${eventId} and not is_winner
      and id in (select won.id::uuid from jsonb_array_elements_text(${JSON.stringify(participantIds)}::jsonb) won(id))`)
}

/** Somebody who holds or held a prize slot. Personal data is null once destroyed. */
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

/** Everybody who ever held a slot of an event: by slot, and within a slot in the order in which they held it. */
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
      throw new Error(`a holder of event ${eventId} has no slot`)
    return { ...row, slot, selectedAt, standing }
  })
}

/** The alternates of an event who still wait, the next one first. */
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

/** Withdraws the present holder of a slot; false where nobody holds it. */
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

/** Gives a waiting alternate a slot; answers its participant. */
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
  if (!row) throw new Error(`rank ${change.drawRank} of event ${change.eventId} does not wait`)
  return row.participantId
}
