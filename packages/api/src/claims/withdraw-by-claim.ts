import { findEntry } from '@eungmo/db/queries/participants'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { type Withdrawn, withdrawParticipation } from '../participations/withdraw-entry.ts'
import { requireProvedClaim } from './prove-claim.ts'
import type { ProvedClaimInput } from './schema.ts'

/**
 * Withdraws the winner's entry, as `withdrawEntry` does, and destroys the personal data at once: the claim link is
 * the second proof that a winner needs. Afterwards the link leads to nobody. Throws as `requireProvedClaim` does.
 */
export async function withdrawByClaim(
  dependencies: Pick<Dependencies, 'db' | 'secrets' | 'log' | 'notifier' | 'destructionJournal'>,
  input: ProvedClaimInput,
): Promise<Withdrawn> {
  const { event, winner } = await requireProvedClaim(dependencies, input)
  const ids = { eventId: event.id, participantId: winner.participantId }
  const entry = await findEntry(dependencies.db, ids)
  if (!entry) throw new DomainError('NOT_FOUND')
  const isDestroyed = await withdrawParticipation(dependencies, { ...ids, hasSecondProof: true })
  return { entryId: entry.entryId, alreadyWithdrawn: !isDestroyed, mayEnterAgain: false }
}
