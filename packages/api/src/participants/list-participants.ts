import { findParticipants, findParticipantsByIds } from '@eungmo/db/queries/participants'
import type { Actor } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { invalidField } from '../errors/domain-error.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { createParticipantMatcher } from '../personal-data/match-participant.ts'
import { showPeople } from '../personal-data/read-people.ts'
import { recordAccess, resumeSearch, toSearchCursor } from '../personal-data/record-access.ts'
import { uuid } from '../validation/fields.ts'
import { exclusionNotes } from './exclusion-note.ts'
import { toParticipantFilter } from './filter-schema.ts'
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
 * A page of an event's participants, newest first: of those that the filter lets through and `q` finds, until
 * the caller's `signal` aborts. A search that is sent in parts is one line of the access log. Throws NOT_FOUND,
 * VALIDATION_FAILED for an invalid cursor, and UNAVAILABLE for a search that takes more than 10 seconds.
 */
export async function listParticipants(
  dependencies: ListDependencies,
  viewer: Actor,
  { eventId, cursor, limit, q = '', partial = false, ...filterInput }: ListInput,
  signal: AbortSignal = new AbortController().signal,
): Promise<ParticipantPage> {
  const { db, secrets } = dependencies
  const event = await requireOwnEvent(db, viewer, eventId)
  const before = cursor?.split('.', 1)[0]
  if (before !== undefined && !uuid.safeParse(before).success) throw invalidField('cursor', 'cursor.invalid')
  const access = {
    actor: viewer,
    action: q.trim() === '' ? 'list-participants' : 'search-participants',
    eventId: event.id,
  } as const
  const search = JSON.stringify([q, filterInput])
  const resumed = cursor === undefined ? null : resumeSearch(secrets, access, search, cursor)
  const size = Math.min(limit, resumed?.remaining ?? limit)
  const page = { eventId: event.id, before, filter: toParticipantFilter(filterInput), limit: size + 1 }
  const { key, parts } = parseParticipantSearch(secrets.indexKey(event.keyId), event.id, q)
  const { rows, last } = parts
    ? await searchByParts(dependencies, { ...page, partial, signal }, parts)
    : { rows: await findParticipants(db, { ...page, key }), last: null }
  const subjects = rows.slice(0, size).map(sealedPerson)
  const [only, ...others] = subjects
  const line =
    resumed?.access ??
    (await recordAccess(db, {
      ...access,
      people: last === null ? subjects.length : size,
      ...(last === null && only && others.length === 0 && { subjectId: only.participantId }),
    }))
  const people = showPeople(secrets, line, subjects)
  const items = presentParticipants(rows.slice(0, size), people, exclusionNotes(secrets, line))
  const end = rows.length > size ? (items.at(-1)?.participantId ?? null) : last
  const remaining = (resumed?.remaining ?? size) - items.length
  const continues = last !== null && end === last && remaining > 0
  return { items, nextCursor: continues ? toSearchCursor(secrets, access, search, { last, remaining }) : end }
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
