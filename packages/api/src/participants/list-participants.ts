import { findParticipants, findParticipantsByIds } from '@eungmo/db/queries/participants'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { invalidField } from '../errors/domain-error.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { uuid } from '../validation/fields.ts'
import { createParticipantMatcher } from './match-participant.ts'
import { parseParticipantSearch, type SearchedParts } from './parse-participant-search.ts'
import { presentParticipant } from './present-participant.ts'
import { MAX_SCAN_MS, scanParticipants } from './scan-participants.ts'
import type { ParticipantPage, ParticipantPageInput } from './schema.ts'

type ListDependencies = Pick<Dependencies, 'db' | 'secrets' | 'takeScanTurn'>

/**
 * A page of an event's participants, newest first; with `q` of those that it finds, until the caller's `signal`
 * aborts. Throws NOT_FOUND, VALIDATION_FAILED for an invalid cursor, and UNAVAILABLE for a search that takes
 * more than 10 seconds.
 */
export async function listParticipants(
  dependencies: ListDependencies,
  viewer: Member,
  { eventId, cursor, limit, q = '' }: ParticipantPageInput & { q?: string | undefined },
  signal: AbortSignal = new AbortController().signal,
): Promise<ParticipantPage> {
  const { db, secrets } = dependencies
  const event = await requireOwnEvent(db, viewer, eventId)
  if (cursor !== undefined && !uuid.safeParse(cursor).success) throw invalidField('cursor', 'cursor.invalid')
  const page = { eventId: event.id, before: cursor, limit: limit + 1 }
  const { key, parts } = parseParticipantSearch(secrets.indexKey(event.keyId), event.id, q)
  const rows = parts
    ? await searchByParts(dependencies, page, parts, signal)
    : await findParticipants(db, { ...page, key })
  const items = rows.slice(0, limit).map((row) => presentParticipant(secrets, row))
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.participantId ?? null) : null }
}

async function searchByParts(
  { db, secrets, takeScanTurn }: ListDependencies,
  page: { eventId: string; before: string | undefined; limit: number },
  parts: SearchedParts,
  signal: AbortSignal,
) {
  const matches = createParticipantMatcher(secrets, page.eventId, parts)
  const deadline = AbortSignal.timeout(MAX_SCAN_MS)
  const ids = await takeScanTurn(() => scanParticipants(db, { ...page, matches, signal, deadline }))
  return ids.length === 0 ? [] : findParticipantsByIds(db, { eventId: page.eventId, ids })
}
