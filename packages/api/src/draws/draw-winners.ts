import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { ownEvent } from '../events/require-own-event.ts'
import type { DrawWinnersInput } from './draw-inputs.ts'
import { finishDraw } from './finish-draw.ts'
import { currentWinners } from './list-current-winners.ts'
import { type LockedAttempt, lockEvent } from './lock-event.ts'
import { requireBeacon } from './require-beacon.ts'
import { requireUndrawn } from './require-draw-state.ts'
import type { DrawResult } from './schema.ts'

type DrawServices = Pick<Dependencies, 'db' | 'secrets' | 'log' | 'drandRelays' | 'beaconChain'>

/**
 * Locks an event and draws its winners: lock and result are two transactions, and a crash between them is finished by the worker. With a
 * beacon it answers when the result is due. Throws NOT_ENOUGH_ENTRIES, ALREADY_DRAWN, DRAW_IN_PROGRESS, CONFLICT, UNAVAILABLE,
 * NOT_FOUND and FORBIDDEN, and has written nothing then.
 */
export async function drawWinners(
  dependencies: DrawServices,
  viewer: Member,
  input: DrawWinnersInput,
): Promise<DrawResult> {
  const event = await ownEvent(dependencies.db, viewer, input.eventId)
  await requireUndrawn(dependencies.db, event)
  if (event.beacon === 'quicknet') await requireBeacon(dependencies, event.now)
  const locked = await lockEvent(dependencies, viewer, input)
  return answerAttempt(dependencies, event.id, locked)
}

/** Finishes an attempt that waits for no beacon, and answers for it; as pending where the result could not be written now. */
export async function answerAttempt(
  dependencies: DrawServices,
  eventId: string,
  { drawLogId, drawsAt, list }: LockedAttempt,
): Promise<DrawResult> {
  if (drawsAt) return { drawLogId, drawsAt: drawsAt.toISOString() }
  try {
    await finishDraw(dependencies, { drawLogId, list, signature: null })
    return { drawLogId, winners: await currentWinners(dependencies.db, dependencies.secrets, eventId) }
  } catch (error) {
    // The lock stands and its result is settled: the worker writes it as soon as it can.
    dependencies.log.error({ err: error, drawLogId }, 'a locked draw was left to the worker')
    return { drawLogId, drawsAt: new Date().toISOString() }
  }
}
