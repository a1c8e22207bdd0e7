import type { ParticipantPage } from '@eungmo/api/participants/schema'
import { trpc } from '#lib/trpc.ts'
import type { Filters } from './filters.ts'

const PAGE_SIZE = 100

export interface ParticipantRequest {
  eventId: string
  /** What to search for; empty for all participants. */
  q: string
  filters: Filters
}

interface PageRequest extends ParticipantRequest {
  /** Where the page before ended. */
  cursor?: string | undefined
  signal: AbortSignal
}

export interface LoadedPage extends ParticipantPage {
  /** Whether no more rows of this page follow. */
  isWhole: boolean
}

/**
 * A page of participants, yielded each time that more of its rows have arrived: a search in a large event finds them
 * one after another. Posted, so that no address holds a name or a number. Throws when the signal aborts.
 */
export async function* loadParticipants({
  filters,
  cursor,
  signal,
  ...request
}: PageRequest): AsyncGenerator<LoadedPage> {
  const items: ParticipantPage['items'] = []
  for (let after = cursor, isWhole = false; !isWhole; ) {
    const part = await trpc.participants.search.mutate(
      {
        ...request,
        ...filters,
        partial: true,
        limit: PAGE_SIZE - items.length,
        ...(after && { cursor: after }),
      },
      { signal },
    )
    items.push(...part.items)
    after = part.nextCursor ?? undefined
    isWhole = after === undefined || items.length >= PAGE_SIZE
    yield { items: [...items], nextCursor: part.nextCursor, isWhole }
  }
}
