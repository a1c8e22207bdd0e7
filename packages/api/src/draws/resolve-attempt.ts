import type { Dependencies } from '../dependencies.ts'
import { finishDraw } from './finish-draw.ts'
import { listCurrentWinners } from './list-current-winners.ts'
import type { LockedAttempt } from './lock-event.ts'
import type { DrawResult } from './schema.ts'

/**
 * Finishes an attempt that waits for no beacon and returns its result; as pending where the result could not
 * be stored now.
 */
export async function resolveAttempt(
  dependencies: Pick<Dependencies, 'db' | 'secrets' | 'notifier' | 'log' | 'beaconChain'>,
  eventId: string,
  { drawLogId, drawsAt, list, access }: LockedAttempt,
): Promise<DrawResult> {
  if (drawsAt) return { drawLogId, drawsAt: drawsAt.toISOString() }
  try {
    await finishDraw(dependencies, { drawLogId, list, signature: null })
    return {
      drawLogId,
      winners: await listCurrentWinners(dependencies.db, dependencies.secrets, { access, eventId }),
    }
  } catch (error) {
    // The lock is stored and determines the result: the worker stores that as soon as it can.
    dependencies.log.error({ err: error, drawLogId }, 'a locked draw was left to the worker')
    return { drawLogId, drawsAt: new Date().toISOString() }
  }
}
