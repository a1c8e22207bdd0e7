import { upsertClaim } from '@eungmo/db/queries/claims'
import { lockEventRow } from '@eungmo/db/queries/events'
import { sealClaim } from '../crypto/personal-envelopes.ts'
import type { Dependencies } from '../dependencies.ts'
import { findPrizeOfSlot } from '../draws/prize-of-slot.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'
import type { Locale } from '../locale.ts'
import { queueClaimReceived } from '../notices/queue-notices.ts'
import { recordOwnAccess } from '../personal-data/own-data.ts'
import type { OpenedClaim } from './open-claim.ts'
import { pickUpDays } from './pick-up-days.ts'
import { requireProvedClaim } from './prove-claim.ts'
import type { ConfirmClaimInput } from './schema.ts'

/**
 * Stores what a winner enters to receive the prize, in place of what was entered before: until the hand-over, within
 * the claim period. The event's gate puts it in order with a redraw and a withdrawal, so that the slot is held when
 * it commits. The first time a notice is sent, where notices are. Throws as `requireProvedClaim` does, VALIDATION_FAILED for a day that cannot be chosen and for what the
 * prize does not need, and UNAVAILABLE where the access log cannot be written.
 */
export async function confirmClaim(
  { db, secrets, notifier }: Pick<Dependencies, 'db' | 'secrets' | 'notifier'>,
  { details, ...proved }: ConfirmClaimInput,
  locale: Locale,
): Promise<{ claimedAt: string }> {
  const { event } = await requireProvedClaim({ db, secrets }, proved)
  return db.transaction(async (tx) => {
    await lockEventRow(tx, { eventId: event.id })
    const claim = await requireProvedClaim({ db: tx, secrets }, proved)
    requireFitting(claim, details)
    const { eventId, participantId, drawLogId, drawRank } = claim.winner
    const place = { drawLogId, drawRank }
    const sealed = sealClaim(secrets, place, JSON.stringify(details))
    const claimedAt = await upsertClaim(tx, { ...place, eventId, participantId, details: sealed })
    if (!claimedAt) throw new DomainError('CONFLICT', { reason: 'claim-closed' })
    const { shopId } = claim.event
    await recordOwnAccess(tx, { shopId, eventId, participantId, action: 'confirm-own-claim' })
    await queueClaimReceived(tx, { notifier }, { eventId, participantId, locale, now: claim.event.now })
    return { claimedAt: claimedAt.toISOString() }
  })
}

function requireFitting(
  { event, winner, claimUntil }: OpenedClaim,
  details: ConfirmClaimInput['details'],
): void {
  if (event.now >= claimUntil) throw new DomainError('CONFLICT', { reason: 'claim-closed' })
  const isDelivered = findPrizeOfSlot(event.prizes, winner.slot ?? 0)?.isDelivered ?? false
  if (isDelivered !== (details.kind === 'delivery')) throw invalidField('details.kind', 'claim.kind')
  if (details.kind === 'pick-up' && !pickUpDays(event.now, claimUntil).includes(details.day))
    throw invalidField('details.day', 'day.unavailable')
}
