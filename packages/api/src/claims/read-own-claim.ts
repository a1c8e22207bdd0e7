import { findClaimDetails } from '@eungmo/db/queries/claims'
import { findEntry } from '@eungmo/db/queries/participants'
import type { Dependencies } from '../dependencies.ts'
import { findPrizeOfSlot } from '../draws/prize-of-slot.ts'
import { DomainError } from '../errors/domain-error.ts'
import { winnerUrl } from '../links/winner-links.ts'
import { readOwnClaimDetails } from '../personal-data/claim-data.ts'
import { pickUpDays } from './pick-up-days.ts'
import { requireProvedClaim } from './prove-claim.ts'
import { presentClaimPage } from './read-claim-page.ts'
import type { OwnClaimView, ProvedClaimInput } from './schema.ts'

/**
 * A claim as its winner sees it. Throws as `requireProvedClaim` does, and UNAVAILABLE where the access log cannot be
 * written.
 */
export async function readOwnClaim(
  dependencies: Pick<Dependencies, 'db' | 'secrets' | 'publicUrl'>,
  input: ProvedClaimInput,
): Promise<OwnClaimView> {
  const { db } = dependencies
  const claim = await requireProvedClaim(dependencies, input)
  const { event, winner, claimUntil } = claim
  const entry = await findEntry(db, { eventId: event.id, participantId: winner.participantId })
  if (!entry || entry.applicationNumber === null) throw new DomainError('NOT_FOUND')
  const sealed = await findClaimDetails(db, winner)
  const mayChange = event.now < claimUntil
  const prize = findPrizeOfSlot(event.prizes, winner.slot ?? 0)
  const isDelivered = prize?.isDelivered ?? false
  return {
    ...(await presentClaimPage(dependencies, claim)),
    prize: winner.prize,
    valueWon: prize?.valueWon ?? null,
    ownerPaysTax: prize?.ownerPaysTax ?? false,
    isDelivered,
    applicationNumber: entry.applicationNumber,
    claimedAt: winner.claimedAt?.toISOString() ?? null,
    details: sealed
      ? await readOwnClaimDetails(dependencies, { shopId: event.shopId, winner, details: sealed })
      : null,
    days: mayChange && !isDelivered ? pickUpDays(event.now, claimUntil) : [],
    mayChange,
    handOverUrl: winner.claimedAt && winnerUrl(dependencies, 'hand-over', event.keyId, winner),
  }
}
