import { replaceName } from '@eungmo/db/queries/own-entries'
import { findEntry } from '@eungmo/db/queries/participants'
import { sealName } from '../crypto/personal-envelopes.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { recordOwnAccess } from '../personal-data/own-data.ts'
import { readEntryProof } from './own-entry-proof.ts'
import { requirePublished } from './require-published.ts'

/**
 * Corrects the name of an entry before the draw, with a line in the access log. Throws NOT_FOUND, also once the
 * personal data was destroyed; CONFLICT from the lock on, and in a cancelled event; and VALIDATION_FAILED for an
 * expired proof.
 */
export async function correctName(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  request: { eventId: string; proof: string; name: string },
): Promise<{ name: string }> {
  const { name } = request
  const event = await requirePublished({ db }, request.eventId)
  const eventId = event.id
  const participantId = readEntryProof(secrets, 'own-entry', {
    eventId,
    proof: request.proof,
    now: event.now,
  })
  const entry = await findEntry(db, { eventId, participantId })
  if (!entry || entry.applicationNumber === null) throw new DomainError('NOT_FOUND', { reason: 'entry' })
  await db.transaction(async (tx) => {
    const sealed = sealName(secrets, { eventId, participantId }, name)
    const { status, replaced } = await replaceName(tx, { eventId, participantId, name: sealed })
    if (status === 'cancelled') throw new DomainError('CONFLICT', { reason: 'event-cancelled' })
    if (status !== 'published') throw new DomainError('CONFLICT', { reason: 'event-locked' })
    if (!replaced) throw new DomainError('NOT_FOUND', { reason: 'entry' })
    await recordOwnAccess(tx, { shopId: event.shopId, eventId, participantId, action: 'correct-own-name' })
  })
  return { name }
}
