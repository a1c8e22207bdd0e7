import { findClaimOfEvent } from '@eungmo/db/queries/claims'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { showClaimDetails } from '../personal-data/claim-data.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import type { ClaimDetails } from './claim-details.ts'
import type { RevealClaimInput } from './schema.ts'

/**
 * What a winner of the viewer's shop entered on the claim page: the day on which the prize is picked up, or the
 * address to which it is sent. Writes the access log first. Throws NOT_FOUND, also where nothing was entered, and
 * UNAVAILABLE where the access log cannot be written.
 */
export async function revealClaim(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Actor,
  { eventId, drawLogId, drawRank }: RevealClaimInput,
): Promise<{ details: ClaimDetails }> {
  const event = await requireOwnEvent(db, viewer, eventId)
  const claim = await findClaimOfEvent(db, { eventId: event.id, drawLogId, drawRank })
  if (!claim) throw new DomainError('NOT_FOUND')
  const access = await recordAccess(db, {
    actor: viewer,
    action: 'reveal-claim',
    eventId: event.id,
    subjectId: claim.participantId,
    people: 1,
  })
  return { details: showClaimDetails(secrets, access, { drawLogId, drawRank }, claim.details) }
}
