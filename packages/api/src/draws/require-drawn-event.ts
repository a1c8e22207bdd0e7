import type { Executor } from '@eungmo/db/connection/client'
import { findDrawLog } from '@eungmo/db/queries/draw-logs'
import { type EventWithParts, findEvent } from '@eungmo/db/queries/events'
import { DomainError } from '../errors/domain-error.ts'
import { drawInProgress } from './require-draw-state.ts'

/** The event of a draw that has a result. Throws NOT_FOUND, and DRAW_IN_PROGRESS while it has none. */
export async function requireDrawnEvent(db: Executor, drawLogId: string): Promise<EventWithParts> {
  const log = await findDrawLog(db, { drawLogId })
  const event = log && (await findEvent(db, { eventId: log.eventId }))
  if (!log || !event) throw new DomainError('NOT_FOUND')
  if (log.drawnAt === null) throw drawInProgress(log)
  return event
}
