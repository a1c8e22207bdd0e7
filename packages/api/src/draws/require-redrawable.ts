import { CHAIN_LENGTH, type DrawState, MAX_DRAWN } from '@eungmo/draw/records'
import { DomainError } from '../errors/domain-error.ts'

/** Entries that all redraws of an event draw at most; it bounds the size of its chain and transcript. */
export const MAX_REDRAWN = MAX_DRAWN

/**
 * Throws CONFLICT (attempts-used-up, redraws-used-up) or NOT_ENOUGH_ENTRIES unless another attempt may draw
 * `toDraw` entries.
 */
export function requireRedrawable(
  { firstLock, attempts, drawnIndexes }: Pick<DrawState, 'firstLock' | 'attempts' | 'drawnIndexes'>,
  toDraw: number,
): void {
  if (toDraw === 0) return
  if (attempts >= CHAIN_LENGTH) throw new DomainError('CONFLICT', { reason: 'attempts-used-up' })
  const first = firstLock ?? { eligibleCount: 0, winnerCount: 0, alternateCount: 0 }
  const redrawn = drawnIndexes.length - first.winnerCount - first.alternateCount
  if (redrawn + toDraw > MAX_REDRAWN) throw new DomainError('CONFLICT', { reason: 'redraws-used-up' })
  const left = first.eligibleCount - drawnIndexes.length
  if (toDraw > left) throw new DomainError('NOT_ENOUGH_ENTRIES', { entries: left, requested: toDraw })
}
