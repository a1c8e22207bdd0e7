import type { Executor } from '@eungmo/db/connection/client'
import type { LinkedWinner } from '@eungmo/db/queries/winner-links'
import { type ClaimDetails, claimDetails } from '../claims/claim-details.ts'
import type { KeyRing } from '../crypto/key-ring.ts'
import { openClaim } from '../crypto/open-personal-envelopes.ts'
import type { ClaimPlace } from '../crypto/personal-envelopes.ts'
import { recordOwnAccess } from './own-data.ts'
import { type RecordedAccess, wasRecorded } from './record-access.ts'

const opened = (keys: KeyRing, place: ClaimPlace, details: Uint8Array): ClaimDetails =>
  claimDetails.parse(JSON.parse(openClaim(keys, place, details)))

/**
 * What a winner entered on the claim page, for the winner. Writes the access log first. Throws UNAVAILABLE where that
 * cannot be written.
 */
export async function readOwnClaimDetails(
  { db, secrets }: { db: Executor; secrets: KeyRing },
  {
    shopId,
    winner,
    details,
  }: {
    shopId: string
    winner: Pick<LinkedWinner, 'eventId' | 'participantId' | 'drawLogId' | 'drawRank'>
    details: Uint8Array
  },
): Promise<ClaimDetails> {
  const { eventId, participantId } = winner
  await recordOwnAccess(db, { shopId, eventId, participantId, action: 'read-own-claim' })
  return opened(secrets, winner, details)
}

/**
 * What a winner entered on the claim page, for the shop.
 * @throws {Error} for an access that is not in the log, and as `openEnvelope` does
 */
export function showClaimDetails(
  keys: KeyRing,
  access: RecordedAccess,
  place: ClaimPlace,
  details: Uint8Array,
): ClaimDetails {
  if (!wasRecorded(access)) throw new Error('a claim is read without a line in the access log')
  return opened(keys, place, details)
}
