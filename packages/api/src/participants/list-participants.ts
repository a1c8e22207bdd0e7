import { findParticipants } from '@eungmo/db/queries/participants'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { invalidField } from '../errors/domain-error.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { uuid } from '../validation/fields.ts'
import { parseParticipantSearch } from './parse-participant-search.ts'
import { presentParticipant } from './present-participant.ts'
import type { ListParticipantsInput, ParticipantPage } from './schema.ts'

/**
 * A page of an event's participants, newest first; with `q` of those that it finds. Throws NOT_FOUND, and
 * VALIDATION_FAILED for an invalid cursor.
 */
export async function listParticipants(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Member,
  { eventId, cursor, limit, q = '' }: ListParticipantsInput & { q?: string },
): Promise<ParticipantPage> {
  const event = await requireOwnEvent(db, viewer, eventId)
  if (cursor !== undefined && !uuid.safeParse(cursor).success) throw invalidField('cursor', 'cursor.invalid')
  const rows = await findParticipants(db, {
    eventId: event.id,
    before: cursor,
    limit: limit + 1,
    search: parseParticipantSearch(secrets.get(event.keyId), event.id, q),
  })
  const page = rows.slice(0, limit)
  return {
    items: page.map((row) => presentParticipant(secrets, row)),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}
