import type { Executor } from '@eungmo/db/connection/client'
import { type DrawLogRow, findLatestDrawLog } from '@eungmo/db/queries/draw-logs'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { DomainError } from '../errors/domain-error.ts'

/** The error while a draw has a lock and no result. */
export const drawInProgress = (log: Pick<DrawLogRow, 'id' | 'drawsAt'>) =>
  new DomainError('DRAW_IN_PROGRESS', { drawLogId: log.id, drawsAt: log.drawsAt?.toISOString() ?? null })

/** Throws ALREADY_DRAWN, DRAW_IN_PROGRESS or CONFLICT unless the event may have its first draw now. */
export async function requireUndrawn(executor: Executor, event: EventWithParts): Promise<void> {
  const latest = await findLatestDrawLog(executor, { eventId: event.id })
  if (latest && latest.drawnAt === null) throw drawInProgress(latest)
  if (latest) throw new DomainError('ALREADY_DRAWN', { drawLogId: latest.id })
  if (event.status === 'cancelled') throw new DomainError('CONFLICT', { reason: 'event-cancelled' })
  if (event.status === 'draft') throw new DomainError('CONFLICT', { reason: 'event-not-published' })
}

/**
 * Throws EVENT_PAUSED while the operator pauses the event or its shop. A draw that was locked before is finished
 * all the same: its result follows from the lock.
 */
export function requireUnpaused({ pause }: EventWithParts): void {
  if (pause) throw new DomainError('EVENT_PAUSED', { pauseReason: pause.reason })
}

/**
 * The event's newest attempt, if it is this one and finished. Throws DRAW_IN_PROGRESS, DRAW_SUPERSEDED and
 * NOT_FOUND.
 */
export async function requireLatest(
  executor: Executor,
  { eventId, drawLogId }: { eventId: string; drawLogId: string },
): Promise<DrawLogRow> {
  const latest = await findLatestDrawLog(executor, { eventId })
  if (!latest) throw new DomainError('NOT_FOUND')
  if (latest.drawnAt === null) throw drawInProgress(latest)
  if (latest.id !== drawLogId) throw new DomainError('DRAW_SUPERSEDED', { drawLogId: latest.id })
  return latest
}
