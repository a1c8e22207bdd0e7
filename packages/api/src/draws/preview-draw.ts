import { countEntries } from '@eungmo/db/queries/participants'
import type { z } from 'zod'
import type { Member } from '../context.ts'
import { automaticDrawAt } from '../deadlines/automatic-draw.ts'
import type { Dependencies } from '../dependencies.ts'
import { resolveVisitBonus } from '../events/event-terms.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { requireUndrawn } from './require-draw-state.ts'
import type { drawPreviewView } from './schema.ts'

/** What the draw dialog shows. Throws what drawing would throw for the event's state. */
export async function previewDraw(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Member,
  input: { eventId: string; visitBonus?: boolean | number | undefined },
): Promise<z.infer<typeof drawPreviewView>> {
  const event = await requireOwnEvent(db, viewer, input.eventId)
  await requireUndrawn(db, event)
  const counts = await countEntries(db, { eventId: event.id })
  const visitBonus =
    input.visitBonus === undefined
      ? (event.visitBonus ?? 0)
      : resolveVisitBonus(input.visitBonus, event.visitBonus)
  const drawAt = automaticDrawAt(event)
  return {
    entries: counts.entries,
    eligible: counts.eligible,
    visited: counts.visitedEligible,
    visitBonus,
    tickets: counts.eligible + visitBonus * counts.visitedEligible,
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
