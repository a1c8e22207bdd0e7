import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { arrayLiteral, byteaArrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'
import { drawWinners, participants } from '../schema/index.ts'
import type { DrawWinnerKey } from './draw-winners.ts'

/** A winner as far as a link leads to them. */
export type LinkedWinner = typeof drawWinners.$inferSelect & {
  linkId: Uint8Array
  /** The envelope of the phone number; null once personal data was destroyed. */
  phoneNumber: Uint8Array | null
}

const ofParticipant = and(
  eq(participants.eventId, drawWinners.eventId),
  eq(participants.id, drawWinners.participantId),
)

/** The winner whom a link's id names; undefined for an unknown one, and once personal data was destroyed. */
export async function findLinkedWinner(
  executor: Executor,
  { linkId }: { linkId: Uint8Array },
): Promise<LinkedWinner | undefined> {
  const [row] = await executor
    .select({ winner: drawWinners, phoneNumber: participants.phoneNumber })
    .from(drawWinners)
    .innerJoin(participants, ofParticipant)
    .where(eq(drawWinners.linkId, linkId))
  return row && { ...row.winner, linkId, phoneNumber: row.phoneNumber }
}

/** What a link of a current winner is derived from. */
export interface WinnerLink {
  participantId: string
  linkId: Uint8Array
  linkVersion: number
}

/** The current winners of an event who have a link, all of them or these. */
export async function listWinnerLinks(
  executor: Executor,
  { eventId, participantIds }: { eventId: string; participantIds?: readonly string[] },
): Promise<WinnerLink[]> {
  const rows = await executor
    .select({
      participantId: drawWinners.participantId,
      linkId: drawWinners.linkId,
      linkVersion: drawWinners.linkVersion,
    })
    .from(drawWinners)
    .where(
      and(
        eq(drawWinners.eventId, eventId),
        eq(drawWinners.standing, 'selected'),
        isNotNull(drawWinners.linkId),
        participantIds && sql`${drawWinners.participantId} = any(${arrayLiteral(participantIds)}::uuid[])`,
      ),
    )
  return rows.flatMap(({ linkId, ...row }) => (linkId === null ? [] : [{ ...row, linkId }]))
}

/** The current winners of an event who have no link although their data is stored: those of before there were links. */
export async function listUnlinkedWinners(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<string[]> {
  const rows = await executor
    .select({ participantId: drawWinners.participantId })
    .from(drawWinners)
    .innerJoin(participants, ofParticipant)
    .where(
      and(
        eq(drawWinners.eventId, eventId),
        eq(drawWinners.standing, 'selected'),
        isNull(drawWinners.linkId),
        isNotNull(participants.phoneNumber),
      ),
    )
  return rows.map(({ participantId }) => participantId)
}

/** Stores ids of links for winners who have none. */
export async function insertLinkIds(
  executor: Executor,
  { eventId, links }: { eventId: string; links: readonly { participantId: string; linkId: Uint8Array }[] },
): Promise<void> {
  const ids = arrayLiteral(links.map(({ participantId }) => participantId))
  const bytes = byteaArrayLiteral(links.map(({ linkId }) => linkId))
  await executor.execute(sql`
    update draw_winners w set link_id = l.link_id
    from unnest(${ids}::uuid[], ${bytes}::bytea[]) l(participant_id, link_id)
    where w.event_id = ${eventId} and w.participant_id = l.participant_id and w.standing = 'selected'
      and w.link_id is null
      and exists (select from participants p where p.event_id = w.event_id and p.id = w.participant_id
        and p.phone_number is not null)`)
}

/**
 * Makes every link of a current winner an earlier one. Returns the winner; undefined, changing nothing, for one who has
 * the prize, holds no slot, or whose personal data was destroyed.
 */
export async function raiseLinkVersion(
  executor: Executor,
  { drawLogId, drawRank }: DrawWinnerKey,
): Promise<{ participantId: string; prize: string | null; selectedAt: Date } | undefined> {
  const [row] = await executor
    .update(drawWinners)
    .set({ linkVersion: sql`${drawWinners.linkVersion} + 1` })
    .where(
      and(
        eq(drawWinners.drawLogId, drawLogId),
        eq(drawWinners.drawRank, drawRank),
        eq(drawWinners.standing, 'selected'),
        isNull(drawWinners.handedOverAt),
        sql`exists (select from ${participants} where ${ofParticipant} and ${participants.phoneNumber} is not null)`,
      ),
    )
    .returning({
      participantId: drawWinners.participantId,
      prize: drawWinners.prize,
      selectedAt: sql`coalesce(${drawWinners.selectedAt}, now())`.mapWith(drawWinners.selectedAt),
    })
  return row
}
