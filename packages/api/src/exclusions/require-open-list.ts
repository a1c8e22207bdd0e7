import type { EventWithParts } from '@eungmo/db/queries/events'
import { DomainError } from '../errors/domain-error.ts'
import { requireUnlocked } from '../events/require-unlocked.ts'

/** Throws CONFLICT (list-locked, event-cancelled) for an event whose list of entries can no longer change. */
export function requireOpenList(status: EventWithParts['status'] | null): void {
  if (status === 'locked' || status === 'drawn') throw new DomainError('CONFLICT', { reason: 'list-locked' })
  if (status !== null) requireUnlocked({ status })
}
