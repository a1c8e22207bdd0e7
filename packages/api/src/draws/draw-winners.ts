import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { lockEvent } from './lock-event.ts'
import { requireBeacon } from './require-beacon.ts'
import { requireUndrawn, requireUnpaused } from './require-draw-state.ts'
import { resolveAttempt } from './resolve-attempt.ts'
import type { DrawResult, DrawWinnersInput } from './schema.ts'

/**
 * Locks an event and draws its winners. Lock and result are two transactions; after a crash between them the
 * worker finishes the draw. With a beacon it returns when the result is due. Throws NOT_ENOUGH_ENTRIES,
 * ALREADY_DRAWN, DRAW_IN_PROGRESS, EVENT_PAUSED, CONFLICT, UNAVAILABLE and NOT_FOUND, and has then stored
 * nothing.
 */
export async function drawWinners(
  dependencies: Pick<Dependencies, 'db' | 'secrets' | 'notifier' | 'log' | 'drandRelays' | 'beaconChain'>,
  viewer: Actor,
  input: DrawWinnersInput,
): Promise<DrawResult> {
  const event = await requireOwnEvent(dependencies.db, viewer, input.eventId)
  await requireUndrawn(dependencies.db, event)
  requireUnpaused(event)
  if (event.beacon === 'quicknet') await requireBeacon(dependencies, event.now)
  const locked = await lockEvent(dependencies, viewer, input)
  return resolveAttempt(dependencies, event.id, locked)
}
