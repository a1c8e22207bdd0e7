import type { Executor } from '@eungmo/db/connection/client'
import type { EventWithParts } from '@eungmo/db/queries/events'
import { listHolderProgress } from '@eungmo/db/queries/holder-progress'
import { readHolderDeadline } from '../destruction/require-stored-data.ts'
import { DomainError } from '../errors/domain-error.ts'
import { countContacts, withdrawalBar } from './winner-state.ts'

/**
 * Throws unless every present holder of these slots may be withdrawn for this reason: CONFLICT (prize-handed-over,
 * winner-confirmed), and CLAIM_OPEN with the date until which the claim is open, and for `unreachable` with the
 * attempts to reach the winner that count.
 */
export async function requireWithdrawable(
  executor: Executor,
  event: EventWithParts,
  { slots, reason }: { slots: readonly number[]; reason: string },
): Promise<void> {
  if (slots.length === 0) return
  const holders = await listHolderProgress(executor, { eventId: event.id, slots })
  const claimUntilOf = await readHolderDeadline(executor, event)
  for (const { selectedAt, claimedAt, handedOverAt, contactedAt } of holders) {
    const claimUntil = claimUntilOf(selectedAt).toISOString()
    const progress = {
      selectedAt: selectedAt.toISOString(),
      claimUntil,
      claimedAt: claimedAt?.toISOString() ?? null,
      handedOverAt: handedOverAt?.toISOString() ?? null,
      contacts: contactedAt.map((at) => ({ at })),
    }
    const bar = withdrawalBar(progress, reason, event.now)
    if (bar === 'handed-over') throw new DomainError('CONFLICT', { reason: 'prize-handed-over' })
    if (bar === 'confirmed') throw new DomainError('CONFLICT', { reason: 'winner-confirmed' })
    if (bar === 'claim-open') throw new DomainError('CLAIM_OPEN', { claimUntil, reason: 'deadline' })
    if (bar === 'too-few-contacts')
      throw new DomainError('CLAIM_OPEN', {
        claimUntil,
        reason: 'unreachable',
        contacts: countContacts(progress),
      })
  }
}
