import type { Executor } from '@eungmo/db/connection/client'
import { listPromises } from '@eungmo/db/queries/consent-texts'
import type { KeyRing } from '../crypto/key-ring.ts'
import { holderClaimUntil } from '../deadlines/deadlines.ts'
import { DomainError } from '../errors/domain-error.ts'
import { type FollowedLink, followLink } from '../links/winner-links.ts'
import type { ClaimState } from './schema.ts'

/** A claim link that leads to a winner, and what the winner can do now. */
export interface OpenedClaim extends FollowedLink {
  state: ClaimState
  /** Until when the winner can confirm. */
  claimUntil: Date
}

/**
 * The claim that a link leads to. The link alone proves nothing, and shows the state and nothing of the winner. Throws NOT_FOUND where it leads to nobody.
 */
export async function openClaim(
  dependencies: { db: Executor; secrets: KeyRing },
  token: string,
): Promise<OpenedClaim> {
  const followed = await followLink(dependencies, 'claim', token)
  if (!followed) throw new DomainError('NOT_FOUND')
  const { event, winner } = followed
  const texts = await listPromises(dependencies.db, { eventId: event.id })
  const claimUntil = holderClaimUntil({ ...event, texts }, winner.selectedAt ?? event.now)
  return { ...followed, claimUntil, state: stateOf(followed, claimUntil) }
}

function stateOf({ event, winner, isCurrent }: FollowedLink, claimUntil: Date): ClaimState {
  if (winner.standing !== 'selected') return stateOfWithdrawn(winner.withdrawReason)
  if (!isCurrent) return 'outdated'
  if (winner.handedOverAt) return 'handed-over'
  if (event.pause) return 'paused'
  if (event.now < event.announcementDate) return 'waiting'
  // Who has confirmed in time gets the prize after it as well.
  return winner.claimedAt || event.now < claimUntil ? 'open' : 'expired'
}

function stateOfWithdrawn(reason: string | null): ClaimState {
  if (reason === 'declined') return 'declined'
  return reason === 'deadline' ? 'expired' : 'withdrawn'
}
