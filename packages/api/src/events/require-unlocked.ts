import type { EventWithParts } from '@eungmo/db/queries/events'
import { DomainError } from '../errors/domain-error.ts'

/** Throws CONFLICT (event-cancelled, event-locked) for an event that can no longer change. */
export function requireUnlocked({ status }: Pick<EventWithParts, 'status'>): void {
  if (status === 'cancelled') throw new DomainError('CONFLICT', { reason: 'event-cancelled' })
  if (status === 'locked' || status === 'drawn') throw new DomainError('CONFLICT', { reason: 'event-locked' })
}

/** Throws CONFLICT (event-cancelled, event-published) for an event that is no draft. */
export function requireDraft({ status }: Pick<EventWithParts, 'status'>): void {
  if (status === 'cancelled') throw new DomainError('CONFLICT', { reason: 'event-cancelled' })
  if (status !== 'draft') throw new DomainError('CONFLICT', { reason: 'event-published' })
}
