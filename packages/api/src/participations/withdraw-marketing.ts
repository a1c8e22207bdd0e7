import { eraseMarketingConsent } from '@eungmo/db/queries/own-entries'
import { findEntry } from '@eungmo/db/queries/participants'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { recordOwnAccess } from '../personal-data/own-data.ts'
import { readEntryProof } from './own-entry-proof.ts'
import { requirePublished } from './require-published.ts'

/**
 * Withdraws the marketing consent of an entry, which stays, with a line in the access log. A second call does
 * nothing. Throws NOT_FOUND, also once the personal data was destroyed, and VALIDATION_FAILED for an expired proof.
 */
export async function withdrawMarketing(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  request: { eventId: string; proof: string },
): Promise<{ alreadyWithdrawn: boolean }> {
  const event = await requirePublished({ db }, request.eventId)
  const eventId = event.id
  const participantId = readEntryProof(secrets, 'own-entry', {
    eventId,
    proof: request.proof,
    now: event.now,
  })
  const entry = await findEntry(db, { eventId, participantId })
  if (!entry || entry.applicationNumber === null) throw new DomainError('NOT_FOUND', { reason: 'entry' })
  const erased = await db.transaction(async (tx) => {
    const isErased = await eraseMarketingConsent(tx, { eventId, participantId })
    if (isErased)
      await recordOwnAccess(tx, {
        shopId: event.shopId,
        eventId,
        participantId,
        action: 'withdraw-own-marketing',
      })
    return isErased
  })
  return { alreadyWithdrawn: !erased }
}
