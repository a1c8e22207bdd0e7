import { and, asc, eq, isNull, lte, or, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { events, shops } from '../schema/index.ts'

/** An event that is to be drawn by itself. */
export interface DueDraw {
  id: string
  endsAt: Date
  /** How often drawing it failed in a row. */
  drawFailures: number
}

const isDue = (endedBefore: Date) =>
  and(
    eq(events.drawsAutomatically, true),
    eq(events.status, 'published'),
    lte(events.endsAt, endedBefore),
    isNull(events.pausedAt),
    isNull(shops.pausedAt),
    isNull(events.destructionRequestedAt),
  )

/**
 * The events that draw by themselves and ended at this instant or before, without those that are paused, and
 * without those whose next try is later than `now`; those that failed least often first, so that one that cannot be
 * drawn holds up no other.
 */
export function listDueDraws(
  executor: Executor,
  { endedBefore, now }: { endedBefore: Date; now: Date },
): Promise<DueDraw[]> {
  return executor
    .select({ id: events.id, endsAt: events.endsAt, drawFailures: events.drawFailures })
    .from(events)
    .innerJoin(shops, eq(shops.id, events.shopId))
    .where(and(isDue(endedBefore), or(isNull(events.nextDrawTryAt), lte(events.nextDrawTryAt, now))))
    .orderBy(asc(events.drawFailures), asc(events.endsAt))
}

/** How many events that draw by themselves ended at this instant or before, and were not drawn. */
export async function countDueDraws(
  executor: Executor,
  { endedBefore }: { endedBefore: Date },
): Promise<number> {
  const [row] = await executor
    .select({ count: sql<number>`count(*)::int` })
    .from(events)
    .innerJoin(shops, eq(shops.id, events.shopId))
    .where(isDue(endedBefore))
  return row?.count ?? 0
}
