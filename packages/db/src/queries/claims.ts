import { and, eq, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { claims, drawWinners, shops } from '../schema/index.ts'
import type { DrawWinnerKey } from './draw-winners.ts'
import { shopContact } from './shop-details.ts'

/** Where a winner asks, and picks the prize up. */
export interface ClaimShop {
  contact: string | null
  address: string | null
  openingHours: string | null
}

const ofWinner = ({ drawLogId, drawRank }: DrawWinnerKey) =>
  and(eq(claims.drawLogId, drawLogId), eq(claims.drawRank, drawRank))

/** Where winners of a shop ask, and pick their prizes up; undefined for an unknown shop. */
export async function findClaimShop(
  executor: Executor,
  { shopId }: { shopId: string },
): Promise<ClaimShop | undefined> {
  const [row] = await executor
    .select({ contact: shopContact(), address: shops.address, openingHours: shops.openingHours })
    .from(shops)
    .where(eq(shops.id, shopId))
  return row
}

/** The envelope of what a winner entered on the claim page; undefined before, and once it was destroyed. */
export async function findClaimDetails(
  executor: Executor,
  winner: DrawWinnerKey,
): Promise<Uint8Array | undefined> {
  const [row] = await executor.select({ details: claims.details }).from(claims).where(ofWinner(winner))
  return row?.details
}

/** As findClaimDetails, of an event's winner, with the participant. */
export async function findClaimOfEvent(
  executor: Executor,
  { eventId, ...winner }: DrawWinnerKey & { eventId: string },
): Promise<{ participantId: string; details: Uint8Array } | undefined> {
  const [row] = await executor
    .select({ participantId: claims.participantId, details: claims.details })
    .from(claims)
    .where(and(eq(claims.eventId, eventId), ofWinner(winner)))
  return row
}

/** When a participant confirmed as the holder of a slot, and got the prize; undefined for one who has not confirmed. */
export async function findOwnClaim(
  executor: Executor,
  { eventId, participantId }: { eventId: string; participantId: string },
): Promise<{ claimedAt: Date; handedOverAt: Date | null } | undefined> {
  const [row] = await executor
    .select({ claimedAt: drawWinners.claimedAt, handedOverAt: drawWinners.handedOverAt })
    .from(drawWinners)
    .where(
      and(
        eq(drawWinners.eventId, eventId),
        eq(drawWinners.participantId, participantId),
        eq(drawWinners.standing, 'selected'),
      ),
    )
  return row?.claimedAt ? { ...row, claimedAt: row.claimedAt } : undefined
}

/** What a confirmation stores. */
export interface NewClaim extends DrawWinnerKey {
  eventId: string
  participantId: string
  /** The envelope. */
  details: Uint8Array
}

/**
 * Stores what a winner entered, in place of what was entered before. Returns when the winner confirmed first; null,
 * storing nothing, for a winner who no longer holds the slot, has the prize already, or whose personal
 * data was destroyed.
 */
export async function upsertClaim(executor: Executor, claim: NewClaim): Promise<Date | null> {
  const [row] = await executor
    .update(drawWinners)
    .set({ claimedAt: sql`coalesce(${drawWinners.claimedAt}, date_trunc('milliseconds', now()))` })
    .where(
      and(
        eq(drawWinners.drawLogId, claim.drawLogId),
        eq(drawWinners.drawRank, claim.drawRank),
        eq(drawWinners.standing, 'selected'),
        sql`${drawWinners.handedOverAt} is null and ${drawWinners.linkId} is not null`,
      ),
    )
    .returning({ claimedAt: drawWinners.claimedAt })
  if (!row) return null
  const { details } = claim
  await executor
    .insert(claims)
    .values(claim)
    .onConflictDoUpdate({
      target: [claims.drawLogId, claims.drawRank],
      set: { details, updatedAt: sql`now()` },
    })
  return row.claimedAt
}

/** Days after the hand-over until what the winner entered for it is deleted. */
const DAYS_AFTER_HAND_OVER = 30

/**
 * Deletes what winners entered whose prize was handed over 30 days ago, and what was entered while their personal
 * data was being destroyed, which that destruction did not see. Returns how many.
 */
export async function deleteOldClaims(executor: Executor, { now }: { now: Date }): Promise<number> {
  const [row] = await executor.execute<{ count: number }>(sql`
    with deleted as (
      delete from claims c using draw_winners w
      where w.draw_log_id = c.draw_log_id and w.draw_rank = c.draw_rank
        and (w.link_id is null
          or w.handed_over_at <= ${now.toISOString()}::timestamptz - make_interval(days => ${DAYS_AFTER_HAND_OVER}))
      returning 1
    )
    select count(*)::int as count from deleted`)
  return row?.count ?? 0
}
