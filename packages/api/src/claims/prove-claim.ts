import type { Executor } from '@eungmo/db/connection/client'
import { takeAttempt } from '../attempts/attempt-budget.ts'
import type { KeyRing } from '../crypto/key-ring.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { attemptSubject, hasLastDigits } from '../personal-data/derive.ts'
import { createClaimProof, requireClaimProof } from './claim-proof.ts'
import { type OpenedClaim, openClaim } from './open-claim.ts'
import type { ProveClaimInput, ProvedClaimInput } from './schema.ts'

/**
 * Proves by the last four digits of the phone number that the holder of a claim link is the winner, and returns a
 * proof for half an hour. Wrong, malformed and too often get the same NOT_FOUND: a winner has five attempts without
 * a wait, and 17 a day, from wherever they come, and so has a phone number with all its prizes. NOT_FOUND also where the link leads to nobody.
 */
export async function proveClaim(
  dependencies: Pick<Dependencies, 'db' | 'secrets' | 'observe'>,
  { token, lastDigits }: ProveClaimInput,
): Promise<{ proof: string }> {
  const { secrets } = dependencies
  const { event, winner } = await openClaim(dependencies, token)
  const { eventId, participantId, phoneNumber, drawLogId, drawRank } = winner
  if (phoneNumber === null) throw new DomainError('NOT_FOUND', { reason: 'claim' })
  const subject = { eventId, participantId }
  const attempt = await takeAttempt(dependencies, {
    purpose: 'claim',
    proof: 'last-four-digits',
    // The links of one person's prizes in several events are tried for the same digits.
    subjects: [`${drawLogId}/${drawRank}`, attemptSubject(secrets, subject, phoneNumber)],
  })
  const isRight = hasLastDigits(secrets, subject, phoneNumber, lastDigits)
  const isProved = attempt.allowed && isRight
  await attempt.settle(isProved)
  if (!isProved) throw new DomainError('NOT_FOUND', { reason: 'claim' })
  return { proof: createClaimProof(secrets, token, event.now) }
}

/**
 * The claim of a winner who has proved to be it. Throws NOT_FOUND where the link leads to nobody, CONFLICT
 * (claim-closed) where the winner can do nothing now, and VALIDATION_FAILED for an expired proof.
 */
export async function requireProvedClaim(
  dependencies: { db: Executor; secrets: KeyRing },
  { token, proof }: ProvedClaimInput,
): Promise<OpenedClaim> {
  const claim = await openClaim(dependencies, token)
  requireClaimProof(dependencies.secrets, { token, proof, now: claim.event.now })
  if (claim.state !== 'open') throw new DomainError('CONFLICT', { reason: 'claim-closed' })
  return claim
}
