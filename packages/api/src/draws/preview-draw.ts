import { countEntries } from '@eungmo/db/queries/participants'
import type { Actor } from '../context.ts'
import { automaticDrawAt } from '../deadlines/automatic-draw.ts'
import type { Dependencies } from '../dependencies.ts'
import { resolveVisitBonus } from '../events/event-terms.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { countByReason } from '../exclusions/reasons.ts'
import { countEarlierWinners } from './earlier-winners.ts'
import type { DrawPreviewView } from './preview-schema.ts'
import { requireUndrawn } from './require-draw-state.ts'

/**
 * What the draw dialog shows. Throws what drawing would throw for the event's state, and UNAVAILABLE where the
 * access log cannot be written.
 */
export async function previewDraw(
  dependencies: Pick<Dependencies, 'db' | 'secrets' | 'log'>,
  viewer: Actor,
  input: { eventId: string; visitBonus?: boolean | number | undefined },
): Promise<DrawPreviewView> {
  const { db } = dependencies
  const event = await requireOwnEvent(db, viewer, input.eventId)
  await requireUndrawn(db, event)
  const counts = await countEntries(db, { eventId: event.id })
  const earlierWinners = await countEarlierWinners(dependencies, viewer, event)
  const eligible = counts.eligible - earlierWinners.entries
  const visited = counts.visitedEligible - earlierWinners.visited
  const visitBonus =
    input.visitBonus === undefined
      ? (event.visitBonus ?? 0)
      : resolveVisitBonus(input.visitBonus, event.visitBonus)
  const drawAt = automaticDrawAt(event)
  return {
    entries: counts.entries,
    eligible,
    visited,
    sitOutMonths: event.sitOutMonths,
    earlierWinners: earlierWinners.entries,
    excluded: countByReason(counts.excluded),
    visitBonus,
    tickets: eligible + visitBonus * visited,
    published: {
      winnerCount: event.winnerCount,
      alternateCount: event.alternateCount,
      visitBonus: event.visitBonus,
    },
    endsAt: event.endsAt.toISOString(),
    replacesDrawAt: drawAt && event.now < drawAt ? drawAt.toISOString() : null,
    beforeEnd: event.now < event.endsAt,
    beacon: event.beacon,
    beaconDelay: event.beaconDelay,
  }
}
