import { and, asc, eq } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { contactAttempts, drawWinners, notices, users } from '../schema/index.ts'
import type { DrawWinnerKey } from './draw-winners.ts'

export { CONTACT_MEANS } from '../schema/draws.ts'

export type NewContactAttempt = Omit<typeof contactAttempts.$inferInsert, 'at'>

/** An attempt to reach a winner. The note is an envelope. */
export interface ContactAttempt extends DrawWinnerKey {
  id: string
  at: Date
  /** The name of the user who logged it; null once the account was deleted. */
  by: string | null
  means: NewContactAttempt['means']
  note: Uint8Array | null
}

/**
 * Stores an attempt to reach a winner at the present time, and returns it. One that has the same id is left as it
 * is, and returned where it is about the same winner; undefined where it is not.
 */
export async function insertContactAttempt(
  executor: Executor,
  attempt: NewContactAttempt,
): Promise<ContactAttempt | undefined> {
  await executor.insert(contactAttempts).values(attempt).onConflictDoNothing({ target: contactAttempts.id })
  const [row] = await attempts(executor).where(
    and(
      eq(contactAttempts.id, attempt.id),
      eq(contactAttempts.drawLogId, attempt.drawLogId),
      eq(contactAttempts.drawRank, attempt.drawRank),
    ),
  )
  return row
}

/** The attempts to reach an event's winners, present and past, the oldest first. */
export const listContactAttempts = (
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<ContactAttempt[]> =>
  attempts(executor)
    .where(eq(contactAttempts.eventId, eventId))
    .orderBy(asc(contactAttempts.at), asc(contactAttempts.id))

const attempts = (executor: Executor) =>
  executor
    .select({
      id: contactAttempts.id,
      drawLogId: contactAttempts.drawLogId,
      drawRank: contactAttempts.drawRank,
      at: contactAttempts.at,
      by: users.name,
      means: contactAttempts.means,
      note: contactAttempts.note,
    })
    .from(contactAttempts)
    .leftJoin(users, eq(users.id, contactAttempts.attemptedBy))

/** When the notice of having won was sent to an event's winners; those who got none are left out. */
export async function listWonNotices(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<(DrawWinnerKey & { sentAt: Date })[]> {
  const rows = await executor
    .select({ drawLogId: notices.drawLogId, drawRank: notices.drawRank, sentAt: notices.changedAt })
    .from(notices)
    .where(and(eq(notices.eventId, eventId), eq(notices.kind, 'won'), eq(notices.state, 'sent')))
  return rows.flatMap(({ drawLogId, drawRank, sentAt }) =>
    drawLogId === null || drawRank === null ? [] : [{ drawLogId, drawRank, sentAt }],
  )
}

/** Whose slot it is or was, and whether it still is; undefined for an alternate and an unknown rank. */
export async function findHolder(
  executor: Executor,
  { drawLogId, drawRank }: DrawWinnerKey,
): Promise<{ participantId: string; isCurrent: boolean } | undefined> {
  const [row] = await executor
    .select({ participantId: drawWinners.participantId, standing: drawWinners.standing })
    .from(drawWinners)
    .where(and(eq(drawWinners.drawLogId, drawLogId), eq(drawWinners.drawRank, drawRank)))
  if (!row || row.standing === 'alternate') return undefined
  return { participantId: row.participantId, isCurrent: row.standing === 'selected' }
}
