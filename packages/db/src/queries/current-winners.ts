import { and, asc, eq } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { drawWinners, participants } from '../schema/index.ts'

export interface CurrentWinnerRow {
  rank: number | null
  prize: string | null
  participantId: string
  name: string | null
  phoneNumber: Uint8Array | null
  applicationNumber: string | null
  entryPath: string
  selectedAt: Date | null
}

/** Who holds an event's prize slots now, in their order. */
export function findCurrentWinners(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<CurrentWinnerRow[]> {
  return executor
    .select({
      rank: drawWinners.slot,
      prize: drawWinners.prize,
      participantId: participants.id,
      name: participants.name,
      phoneNumber: participants.phoneNumber,
      applicationNumber: participants.applicationNumber,
      entryPath: participants.entryPath,
      selectedAt: drawWinners.selectedAt,
    })
    .from(drawWinners)
    .innerJoin(
      participants,
      and(eq(participants.eventId, drawWinners.eventId), eq(participants.id, drawWinners.participantId)),
    )
    .where(and(eq(drawWinners.eventId, eventId), eq(drawWinners.standing, 'selected')))
    .orderBy(asc(drawWinners.slot))
}
