import { and, asc, eq, gt, isNotNull, lte } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { drawLogs, drawWinners, participants } from '../schema/index.ts'

/**
 * A participant who holds or held a prize slot. Name, phone number and note are envelopes; personal data is null once
 * destroyed.
 */
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
  withdrawNote: Uint8Array | null
  /** When the winner confirmed on the claim page; null before. */
  claimedAt: Date | null
  /** When the prize was handed over or sent; null before. */
  handedOverAt: Date | null
  name: Uint8Array | null
  phoneNumber: Uint8Array | null
  applicationNumber: string | null
  entryPath: string
}

interface SlotRange {
  eventId: string
  /** Slots above this one. Defaults to 0, all of them. */
  after?: number
  /** Slots up to this one. Defaults to all of them. */
  upTo?: number | undefined
}

export interface SlotHolderFilter extends SlotRange {
  participantId?: string
  /** Defaults to both. */
  standing?: 'selected' | 'withdrawn'
  limit?: number
}

/**
 * The holders of an event's prize slots, present and past: by slot, and within a slot in the order in which
 * they held it.
 */
export async function listSlotHolders(
  executor: Executor,
  { participantId, standing: only, limit, ...range }: SlotHolderFilter,
): Promise<SlotHolder[]> {
  const holders = executor
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
      claimedAt: drawWinners.claimedAt,
      handedOverAt: drawWinners.handedOverAt,
      name: participants.name,
      phoneNumber: participants.phoneNumber,
      applicationNumber: participants.applicationNumber,
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
        inRange(range),
        isNotNull(drawWinners.slot),
        participantId === undefined ? undefined : eq(drawWinners.participantId, participantId),
        only && eq(drawWinners.standing, only),
      ),
    )
    .orderBy(asc(drawWinners.slot), asc(drawLogs.attempt), asc(drawWinners.drawRank))
    .$dynamic()
  const rows = await (limit === undefined ? holders : holders.limit(limit))
  return rows.map(({ slot, selectedAt, standing, ...row }) => {
    if (slot === null || selectedAt === null || standing === 'alternate')
      throw new Error(`A slot holder of event ${range.eventId} has no slot`)
    return { ...row, slot, selectedAt, standing }
  })
}

/** How many current winners an event has. */
export const countWinners = (executor: Executor, range: SlotRange): Promise<number> =>
  executor.$count(drawWinners, and(inRange(range), eq(drawWinners.standing, 'selected')))

const inRange = ({ eventId, after = 0, upTo }: SlotRange) =>
  and(
    eq(drawWinners.eventId, eventId),
    after > 0 ? gt(drawWinners.slot, after) : undefined,
    upTo === undefined ? undefined : lte(drawWinners.slot, upTo),
  )
