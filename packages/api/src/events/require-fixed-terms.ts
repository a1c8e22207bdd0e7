import type { Executor } from '@eungmo/db/connection/client'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { hasEntries } from '@eungmo/db/queries/has-entries'
import { readDeadlines } from '../destruction/require-stored-data.ts'
import { DomainError } from '../errors/domain-error.ts'
import { type EventTerms, termsFixed } from './event-terms.ts'

/**
 * Throws TERMS_FIXED for other months in which earlier winners sit out: they are published for life. Once
 * somebody has entered, throws it for another visit bonus or fewer winners: entrants rely on both, and an owner
 * who sees who visited could steer a draw with either; for fewer days to claim a prize; and for an announcement
 * after the date at which entrants' data is destroyed. The caller has locked the event's row.
 */
export async function requireFixedTerms(
  tx: Executor,
  event: EventWithParts,
  terms: EventTerms,
): Promise<void> {
  if (terms.sitOutMonths !== event.sitOutMonths)
    throw new DomainError('TERMS_FIXED', { sitOutMonths: event.sitOutMonths })
  const unchanged = terms.visitBonus === event.visitBonus && terms.winnerCount >= event.winnerCount
  const postponed = terms.announcementDate > event.announcementDate
  const shortened = terms.claimDays < event.claimDays
  if ((unchanged && !postponed && !shortened) || !(await hasEntries(tx, { eventId: event.id }))) return
  if (!unchanged) throw termsFixed(event)
  if (shortened) throw new DomainError('TERMS_FIXED', { claimDays: event.claimDays })
  const { othersUntil } = await readDeadlines(tx, event)
  if (terms.announcementDate > othersUntil)
    throw new DomainError('TERMS_FIXED', { latestAnnouncement: othersUntil.toISOString() })
}
