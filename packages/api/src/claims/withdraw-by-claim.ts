import { findEntry } from '@eungmo/db/queries/participants'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { type Withdrawn, withdrawParticipation } from '../participations/withdraw-entry.ts'
import { recordOwnAccess } from '../personal-data/own-data.ts'
import { requireProvedClaim } from './prove-claim.ts'
import type { WithdrawClaimInput } from './schema.ts'

/**
 * Withdraws the winner's entry, as `withdrawEntry` does, and destroys the personal data at once: the claim link is
 * the second proof that a winner needs. Afterwards the link leads to nobody. Where another person entered with the
 * number, the access log says so. Throws as `requireProvedClaim` does, and UNAVAILABLE where the log cannot be written.
 */
export async function withdrawByClaim(
  dependencies: Pick<Dependencies, 'db' | 'secrets' | 'log' | 'notifier' | 'destructionJournal'>,
  { isNotMine = false, ...proved }: WithdrawClaimInput,
): Promise<Withdrawn> {
  const { event, winner } = await requireProvedClaim(dependencies, proved)
  const ids = { eventId: event.id, participantId: winner.participantId }
  const entry = await findEntry(dependencies.db, ids)
  if (!entry) throw new DomainError('NOT_FOUND')
  if (isNotMine)
    await recordOwnAccess(dependencies.db, { shopId: event.shopId, ...ids, action: 'disown-entry' })
  const isDestroyed = await withdrawParticipation(dependencies, { ...ids, hasSecondProof: true })
  return { entryId: entry.entryId, alreadyWithdrawn: !isDestroyed, mayEnterAgain: false }
}
