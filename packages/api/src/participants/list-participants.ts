import { findParticipants } from '@eungmo/db/queries/participants'
import { z } from 'zod'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { invalidField } from '../errors/domain-error.ts'
import { ownEvent } from '../events/require-own-event.ts'
import { readParticipantSearch } from './parse-participant-search.ts'
import { presentParticipant } from './present-participant.ts'
import type { Participant } from './schema.ts'

const cursorSchema = z.uuid()

/** A page of an event's participants, newest first. Throws NOT_FOUND, FORBIDDEN, and VALIDATION_FAILED for a wrong cursor. */
export async function listParticipants(
  { db, secrets }: Pick<Dependencies, 'db' | 'secrets'>,
  viewer: Member,
  {
    eventId,
    cursor,
    limit,
    q = '',
  }: { eventId: string; cursor?: string | undefined; limit: number; q?: string | undefined },
): Promise<{ items: Participant[]; nextCursor: string | null }> {
  const event = await ownEvent(db, viewer, eventId)
  if (cursor !== undefined && !cursorSchema.safeParse(cursor).success)
    throw invalidField('cursor', 'cursor.invalid')
  const rows = await findParticipants(db, {
    eventId: event.id,
    before: cursor,
    limit: limit + 1,
    search: readParticipantSearch(secrets.get(event.keyId), event.id, q),
  })
  const page = rows.slice(0, limit)
  return {
    items: page.map((row) => presentParticipant(secrets, row)),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  }
}
