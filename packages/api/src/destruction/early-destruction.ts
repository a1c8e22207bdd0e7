import type { Executor } from '@eungmo/db/connection/client'
import { findLatestDrawLog } from '@eungmo/db/queries/draw-logs'
import { findLastSelection } from '@eungmo/db/queries/draw-winners'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { drawInProgress } from '../draws/require-draw-state.ts'
import { DomainError } from '../errors/domain-error.ts'
import { readHolderDeadline } from './require-stored-data.ts'

/**
 * Throws unless the personal data of an event may be destroyed before its date: CONFLICT (event-not-published,
 * event-running) for an event that may still be drawn, DRAW_IN_PROGRESS between lock and result, and CLAIM_OPEN
 * while a winner can claim a prize.
 */
export async function requireNothingPromised(executor: Executor, event: EventWithParts): Promise<void> {
  if (event.status === 'draft') throw new DomainError('CONFLICT', { reason: 'event-not-published' })
  if (event.status === 'published') throw new DomainError('CONFLICT', { reason: 'event-running' })
  const latest = await findLatestDrawLog(executor, { eventId: event.id })
  if (latest && latest.drawnAt === null) throw drawInProgress(latest)
  const selectedAt = await findLastSelection(executor, { eventId: event.id })
  if (selectedAt === null) return
  const claimUntil = (await readHolderDeadline(executor, event))(selectedAt)
  if (event.now < claimUntil) throw new DomainError('CLAIM_OPEN', { claimUntil: claimUntil.toISOString() })
}
