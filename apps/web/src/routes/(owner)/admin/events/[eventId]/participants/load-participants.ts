import type { ParticipantPage } from '@eungmo/api/participants/schema'
import { trpc } from '#lib/trpc.ts'

const PAGE_SIZE = 100

interface Request {
  eventId: string
  /** What to search for; empty for all participants. */
  q: string
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
 * one after another. Throws when the signal aborts.
 */
export async function* loadParticipants({ eventId, q, cursor, signal }: Request): AsyncGenerator<LoadedPage> {
  const items: ParticipantPage['items'] = []
  for (let after = cursor, isWhole = false; !isWhole; ) {
    const input = { eventId, limit: PAGE_SIZE - items.length, ...(after && { cursor: after }) }
    const part = q
      ? await trpc.participants.search.mutate({ ...input, q, partial: true }, { signal })
      : await trpc.participants.list.query(input, { signal })
    items.push(...part.items)
    after = part.nextCursor ?? undefined
    isWhole = after === undefined || items.length >= PAGE_SIZE
    yield { items: [...items], nextCursor: part.nextCursor, isWhole }
  }
}
