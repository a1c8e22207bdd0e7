import { findParticipants, findParticipantsByIds } from '@eungmo/db/queries/participants'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { invalidField } from '../errors/domain-error.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { createParticipantMatcher } from '../personal-data/match-participant.ts'
import { readPeople } from '../personal-data/read-people.ts'
import { uuid } from '../validation/fields.ts'
import { parseParticipantSearch, type SearchedParts } from './parse-participant-search.ts'
import { presentParticipants, sealedPerson } from './present-participant.ts'
import { MAX_SCAN_MS, type Scan, scanParticipants } from './scan-participants.ts'
import type { ParticipantPage, ParticipantPageInput } from './schema.ts'

type ListDependencies = Pick<Dependencies, 'db' | 'secrets' | 'takeScanTurn'>

interface ListInput extends ParticipantPageInput {
  q?: string | undefined
  /** As of `scanParticipants`. Defaults to false. */
  partial?: boolean | undefined
}

/**
 * A page of an event's participants, newest first; with `q` of those that it finds, until the caller's `signal`
 * aborts. Throws NOT_FOUND, VALIDATION_FAILED for an invalid cursor, and UNAVAILABLE for a search that takes
 * more than 10 seconds.
 */
export async function listParticipants(
  dependencies: ListDependencies,
  viewer: Actor,
  { eventId, cursor, limit, q = '', partial = false }: ListInput,
  signal: AbortSignal = new AbortController().signal,
): Promise<ParticipantPage> {
  const { db, secrets } = dependencies
  const event = await requireOwnEvent(db, viewer, eventId)
  if (cursor !== undefined && !uuid.safeParse(cursor).success) throw invalidField('cursor', 'cursor.invalid')
  const page = { eventId: event.id, before: cursor, limit: limit + 1 }
  const { key, parts } = parseParticipantSearch(secrets.indexKey(event.keyId), event.id, q)
  const { rows, last } = parts
    ? await searchByParts(dependencies, { ...page, partial, signal }, parts)
    : { rows: await findParticipants(db, { ...page, key }), last: null }
  const shown = rows.slice(0, limit)
  const people = await readPeople(dependencies, {
    actor: viewer,
    action: q.trim() === '' ? 'list-participants' : 'search-participants',
    eventId: event.id,
    subjects: shown.map(sealedPerson),
  })
  const items = presentParticipants(shown, people)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.participantId ?? null) : last }
}

async function searchByParts(
  { db, secrets, takeScanTurn }: ListDependencies,
  page: Omit<Scan, 'matches' | 'deadline'>,
  parts: SearchedParts,
) {
  const matches = createParticipantMatcher(secrets, page.eventId, parts)
  const deadline = AbortSignal.timeout(MAX_SCAN_MS)
  const { ids, last } = await takeScanTurn(() => scanParticipants(db, { ...page, matches, deadline }))
  const rows = ids.length === 0 ? [] : await findParticipantsByIds(db, { eventId: page.eventId, ids })
  return { rows, last }
}
