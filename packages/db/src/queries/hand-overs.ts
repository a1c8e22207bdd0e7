import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { drawWinners, participants, users } from '../schema/index.ts'

const columns = {
  drawLogId: drawWinners.drawLogId,
  drawRank: drawWinners.drawRank,
  eventId: drawWinners.eventId,
  participantId: drawWinners.participantId,
  prize: drawWinners.prize,
  standing: drawWinners.standing,
  selectedAt: drawWinners.selectedAt,
  claimedAt: drawWinners.claimedAt,
  handedOverAt: drawWinners.handedOverAt,
  /** The name of the user who handed the prize over. */
  handedOverBy: sql<
    string | null
  >`(select ${users.name} from ${users} where ${users.id} = ${drawWinners.handedOverBy})`,
  /** Envelope. */
  name: participants.name,
  applicationNumber: sql<string>`${participants.applicationNumber}`,
}

/** A present or former holder of a slot to whom a prize is handed over, with personal data still stored. */
export type HandOverRow = NonNullable<Awaited<ReturnType<typeof findHandOver>>>

/** Names a holder of an event's slot. */
export type HandOverKey = { drawLogId: string; drawRank: number } | { applicationNumber: string }

/** The holder of a slot; undefined for an alternate, for everybody else, and once personal data was destroyed. */
export async function findHandOver(
  executor: Executor,
  { eventId, key }: { eventId: string; key: HandOverKey },
) {
  const isNamed =
    'applicationNumber' in key
      ? eq(participants.applicationNumber, key.applicationNumber)
      : and(eq(drawWinners.drawLogId, key.drawLogId), eq(drawWinners.drawRank, key.drawRank))
  const [row] = await executor
    .select(columns)
    .from(drawWinners)
    .innerJoin(
      participants,
      and(eq(participants.eventId, drawWinners.eventId), eq(participants.id, drawWinners.participantId)),
    )
    .where(
      and(
        eq(drawWinners.eventId, eventId),
        isNotNull(drawWinners.slot),
        isNotNull(participants.applicationNumber),
        isNamed,
      ),
    )
  return row
}

/** Stores that a current winner got the prize, unless that is stored already. Resolves to whether it was stored. */
export async function insertHandOver(
  executor: Executor,
  { drawLogId, drawRank, userId }: { drawLogId: string; drawRank: number; userId: string },
): Promise<boolean> {
  const { count } = await executor
    .update(drawWinners)
    .set({ handedOverAt: sql`clock_timestamp()`, handedOverBy: userId })
    .where(
      and(
        eq(drawWinners.drawLogId, drawLogId),
        eq(drawWinners.drawRank, drawRank),
        eq(drawWinners.standing, 'selected'),
        isNull(drawWinners.handedOverAt),
      ),
    )
  return count > 0
}
