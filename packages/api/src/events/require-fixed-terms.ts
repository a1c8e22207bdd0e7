import type { Executor } from '@eungmo/db/connection/client'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { hasEntries } from '@eungmo/db/queries/has-entries'
import { type EventTerms, termsFixed } from './event-terms.ts'

/**
 * Throws TERMS_FIXED for another visit bonus or fewer winners once somebody has entered: entrants rely on
 * both, and an owner who sees who visited could steer a draw with either. The caller has locked the event's
 * row.
 */
export async function requireFixedTerms(
  tx: Executor,
  event: EventWithParts,
  terms: EventTerms,
): Promise<void> {
  const unchanged = terms.visitBonus === event.visitBonus && terms.winnerCount >= event.winnerCount
  if (!unchanged && (await hasEntries(tx, { eventId: event.id }))) throw termsFixed(event)
}
