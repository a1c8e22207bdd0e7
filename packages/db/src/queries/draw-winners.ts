import { and, asc, eq, isNotNull, isNull, max, sql } from 'drizzle-orm'
import { arrayLiteral, byteaArrayLiteral } from '../connection/array-literal.ts'
import type { Executor } from '../connection/client.ts'
import { claims, drawWinners, participants } from '../schema/index.ts'

export type NewDrawWinner = typeof drawWinners.$inferInsert

/** A row has 14 parameters, and a statement at most 65,535. */
const MAX_ROWS_PER_INSERT = 4_000

/** Stores every winner and alternate of an attempt. */
export async function insertDrawWinners(executor: Executor, rows: readonly NewDrawWinner[]): Promise<void> {
  for (let from = 0; from < rows.length; from += MAX_ROWS_PER_INSERT) {
    await executor.insert(drawWinners).values(rows.slice(from, from + MAX_ROWS_PER_INSERT))
  }
}

const withParticipant = and(
  eq(participants.eventId, drawWinners.eventId),
  eq(participants.id, drawWinners.participantId),
)

/**
 * The alternates of an event who still wait, in the order in which they would be promoted. One who withdrew waits
 * too, and is withdrawn as soon as promoted.
 */
export async function listWaitingAlternates(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<
  { drawLogId: string; drawRank: number; entryId: string; participantId: string; hasWithdrawn: boolean }[]
> {
  return executor
    .select({
      drawLogId: drawWinners.drawLogId,
      drawRank: drawWinners.drawRank,
      entryId: drawWinners.entryId,
      participantId: drawWinners.participantId,
      hasWithdrawn: sql<boolean>`${participants.withdrawnAt} is not null`,
    })
    .from(drawWinners)
    .innerJoin(participants, withParticipant)
    .where(and(eq(drawWinners.eventId, eventId), eq(drawWinners.standing, 'alternate')))
    .orderBy(asc(drawWinners.drawRank))
}

/** When the last of an event's current winners was selected; null in an event without one. */
export async function findLastSelection(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<Date | null> {
  const [row] = await executor
    .select({ at: max(drawWinners.selectedAt) })
    .from(drawWinners)
    .where(and(eq(drawWinners.eventId, eventId), eq(drawWinners.standing, 'selected')))
  return row?.at ?? null
}

/** Raised whenever a holder's standing changes, so that no link outlives it. */
const nextLinkVersion = sql`${drawWinners.linkVersion} + 1`

/** The primary key of a row: the attempt, and the rank within it. */
export interface DrawWinnerKey {
  drawLogId: string
  drawRank: number
}

/** The rows of an event's current winners, by slot. */
export async function findHolderKeys(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<Map<number, DrawWinnerKey>> {
  const rows = await executor
    .select({ slot: drawWinners.slot, drawLogId: drawWinners.drawLogId, drawRank: drawWinners.drawRank })
    .from(drawWinners)
    .where(and(eq(drawWinners.eventId, eventId), eq(drawWinners.standing, 'selected')))
  return new Map(rows.flatMap(({ slot, ...key }) => (slot === null ? [] : [[slot, key]])))
}

/** The slots whose current holders have withdrawn without having got the prize, ascending. */
export async function listSlotsOfWithdrawn(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<number[]> {
  const rows = await executor
    .select({ slot: drawWinners.slot })
    .from(drawWinners)
    .innerJoin(participants, withParticipant)
    .where(
      and(
        eq(drawWinners.eventId, eventId),
        eq(drawWinners.standing, 'selected'),
        isNull(drawWinners.handedOverAt),
        isNotNull(participants.withdrawnAt),
      ),
    )
    .orderBy(asc(drawWinners.slot))
  return rows.flatMap(({ slot }) => slot ?? [])
}

/**
 * Withdraws the current holder of a slot, whose links are invalid from then on, and deletes what was entered for the
 * hand-over. Returns false when the row does not hold one.
 */
export async function withdrawHolder(
  executor: Executor,
  { drawLogId, drawRank }: DrawWinnerKey,
  change: { at: Date; reason: string; note: Uint8Array | null },
): Promise<boolean> {
  const rows = await executor
    .update(drawWinners)
    .set({
      standing: 'withdrawn',
      withdrawnAt: change.at,
      withdrawReason: change.reason,
      withdrawNote: change.note,
      linkVersion: nextLinkVersion,
    })
    .where(
      and(
        eq(drawWinners.drawLogId, drawLogId),
        eq(drawWinners.drawRank, drawRank),
        eq(drawWinners.standing, 'selected'),
      ),
    )
    .returning({ slot: drawWinners.slot })
  await executor.delete(claims).where(and(eq(claims.drawLogId, drawLogId), eq(claims.drawRank, drawRank)))
  return rows.length === 1
}

/**
 * Moves a waiting alternate into a slot and returns its row and participant. Throws when the alternate does not
 * wait.
 */
export async function promoteAlternate(
  executor: Executor,
  change: { eventId: string; drawRank: number; slot: number; prize: string | null; at: Date },
): Promise<DrawWinnerKey & { participantId: string }> {
  const [row] = await executor
    .update(drawWinners)
    .set({
      standing: 'selected',
      slot: change.slot,
      prize: change.prize,
      selectedAt: change.at,
      linkVersion: nextLinkVersion,
    })
    .where(
      and(
        eq(drawWinners.eventId, change.eventId),
        eq(drawWinners.drawRank, change.drawRank),
        eq(drawWinners.standing, 'alternate'),
      ),
    )
    .returning({
      drawLogId: drawWinners.drawLogId,
      drawRank: drawWinners.drawRank,
      participantId: drawWinners.participantId,
    })
  if (!row)
    throw new Error(`The alternate of rank ${change.drawRank} of event ${change.eventId} does not wait`)
  return row
}

/** Stores the persons behind entries that have taken a slot of an event, and the ids of their links. */
export async function setPersons(
  executor: Executor,
  {
    eventId,
    persons,
  }: {
    eventId: string
    persons: readonly { participantId: string; person: Uint8Array; linkId: Uint8Array }[]
  },
): Promise<void> {
  const ids = arrayLiteral(persons.map(({ participantId }) => participantId))
  const hashes = byteaArrayLiteral(persons.map(({ person }) => person))
  const links = byteaArrayLiteral(persons.map(({ linkId }) => linkId))
  await executor.execute(sql`
    update draw_winners w set person = p.person, link_id = p.link_id
    from unnest(${ids}::uuid[], ${hashes}::bytea[], ${links}::bytea[]) p(participant_id, person, link_id)
    where w.event_id = ${eventId} and w.participant_id = p.participant_id and w.slot is not null`)
}

/**
 * Marks participants as having won, to the hour where their personal data is destroyed. The mark is permanent:
 * who holds a slot now is in draw_winners.
 */
export async function markWinners(
  executor: Executor,
  { eventId, participantIds, wonAt }: { eventId: string; participantIds: readonly string[]; wonAt: Date },
): Promise<void> {
  await executor.execute(sql`
    update participants set is_winner = true, won_at = case
      when application_number is null then date_trunc('hour', ${wonAt.toISOString()}::timestamptz, 'UTC')
      else ${wonAt.toISOString()}::timestamptz end
    where event_id = ${eventId} and not is_winner
      and id in (select won.id::uuid from jsonb_array_elements_text(${JSON.stringify(participantIds)}::jsonb) won(id))`)
}
