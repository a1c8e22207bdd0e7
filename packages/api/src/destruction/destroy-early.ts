import { countStoredParticipants } from '@eungmo/db/queries/destroy-participants'
import { updateEventRow } from '@eungmo/db/queries/events'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'
import { lockOwnEvent } from '../events/require-own-event.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { requireNothingPromised } from './early-destruction.ts'
import { readStoredData } from './read-stored-data.ts'
import type { DestroyEarlyInput, StoredDataView } from './schema.ts'

/**
 * Has all personal data of an event's entrants destroyed before its date: from now on nothing more is drawn,
 * and the job destroys within seconds, in batches. Requesting it again changes nothing. Throws as
 * `requireNothingPromised` does, VALIDATION_FAILED for another title, DATA_DESTROYED where nothing is left, and
 * UNAVAILABLE where the access log cannot be written.
 */
export async function destroyEarly(
  dependencies: Pick<Dependencies, 'db'>,
  viewer: Actor,
  { eventId, title }: DestroyEarlyInput,
): Promise<StoredDataView> {
  await dependencies.db.transaction(async (tx) => {
    const event = await lockOwnEvent(tx, viewer, eventId)
    if (title !== event.title) throw invalidField('title', 'title.different')
    if (event.destroyedAt)
      throw new DomainError('DATA_DESTROYED', { destroyedAt: event.destroyedAt.toISOString() })
    if (event.destructionRequestedAt) return
    await requireNothingPromised(tx, event)
    await recordAccess(tx, {
      actor: viewer,
      action: 'destroy-participants',
      eventId: event.id,
      people: await countStoredParticipants(tx, { eventId: event.id }),
    })
    await updateEventRow(tx, { eventId: event.id, changes: { destructionRequestedAt: event.now } })
  })
  return readStoredData(dependencies, viewer, eventId)
}
