import { isUnavailable } from '@eungmo/db/connection/statement-error'
import { pause } from '@eungmo/db/timing/pause'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { eventCounts } from './event-counts.ts'
import type { Analytics } from './schema.ts'

/** Least time between two results: many changes in a row become one. */
const MIN_INTERVAL_MS = 40
const RETRY_INTERVAL_MS = 500

/**
 * The counts of the viewer's event now, and again after each change, until the signal aborts. While the
 * database is unreachable it waits and retries. Throws NOT_FOUND.
 */
export async function* followAnalytics(
  { db, countsFeed }: Pick<Dependencies, 'db' | 'countsFeed'>,
  viewer: Member,
  eventId: string,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<Analytics> {
  await requireOwnEvent(db, viewer, eventId)
  let last: string | undefined
  for await (const _ of countsFeed.changes([eventId], signal)) {
    const counts = await retryWhileUnreachable(
      () => requireOwnEvent(db, viewer, eventId).then((event) => eventCounts(db, event)),
      signal,
    )
    if (counts === null) return
    const text = JSON.stringify(counts)
    if (text !== last) {
      last = text
      yield counts
    }
    await pause(MIN_INTERVAL_MS, signal)
  }
}

/** Null once the signal has aborted. */
async function retryWhileUnreachable<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T | null> {
  while (!signal.aborted) {
    try {
      return await read()
    } catch (error) {
      if (!isUnavailable(error)) throw error
      await pause(RETRY_INTERVAL_MS, signal)
    }
  }
  return null
}
