import { findHolder, insertContactAttempt } from '@eungmo/db/queries/contact-attempts'
import { findDrawLog } from '@eungmo/db/queries/draw-logs'
import type { Actor } from '../context.ts'
import { sealNote } from '../crypto/personal-envelopes.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireStoredData } from '../destruction/require-stored-data.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'
import { lockOwnEvent } from '../events/require-own-event.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { contactNotePlace, presentContact } from './present-contact.ts'
import type { ContactView, LogContactInput } from './schema.ts'

/**
 * Logs an attempt to reach a winner at the present time, by the viewer. The same contactId again changes nothing.
 * Throws NOT_FOUND, CONFLICT (winner-withdrawn), DATA_DESTROYED, and VALIDATION_FAILED for the contactId of another
 * winner.
 */
export async function logContact(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Actor,
  { contactId, drawLogId, drawRank, means, note }: LogContactInput,
): Promise<ContactView> {
  const log = await findDrawLog(db, { drawLogId })
  if (!log) throw new DomainError('NOT_FOUND')
  return db.transaction(async (tx) => {
    // The lock holds off a redraw and a destruction, which would leave the note of somebody who is gone.
    const event = await lockOwnEvent(tx, viewer, log.eventId)
    const holder = await findHolder(tx, { drawLogId, drawRank })
    if (!holder) throw new DomainError('NOT_FOUND')
    await requireStoredData(tx, event, 'winners')
    if (!holder.isCurrent) throw new DomainError('CONFLICT', { reason: 'winner-withdrawn' })
    const access = await recordAccess(tx, {
      actor: viewer,
      action: 'contact-winner',
      eventId: event.id,
      subjectId: holder.participantId,
      people: 1,
    })
    const attempt = await insertContactAttempt(tx, {
      id: contactId,
      drawLogId,
      drawRank,
      eventId: event.id,
      participantId: holder.participantId,
      attemptedBy: viewer.userId,
      means,
      note: note === undefined ? null : sealNote(secrets, contactNotePlace(contactId), note),
    })
    if (!attempt) throw invalidField('contactId', 'invalid')
    return presentContact(secrets, access, attempt)
  })
}
