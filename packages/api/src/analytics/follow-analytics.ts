import { setTimeout as pause } from 'node:timers/promises'
import { isUnavailable } from '@eungmo/db/connection/statement-error'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { ownEvent } from '../events/require-own-event.ts'
import { countsOf } from './read-analytics.ts'
import type { Analytics } from './schema.ts'

/** Milliseconds between two turns at least: many changes in a row become one. */
const SHORTEST_TURN = 40
const RETRY_AFTER = 500

/**
 * The counts of the viewer's event now, and again whenever they have changed, until the signal aborts. While the database is away it waits
 * and then goes on. Throws NOT_FOUND and FORBIDDEN.
 */
export async function* followAnalytics(
  { db, countsFeed }: Pick<Dependencies, 'db' | 'countsFeed'>,
  viewer: Member,
  eventId: string,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<Analytics> {
  await ownEvent(db, viewer, eventId)
  let last: string | undefined
  for await (const _ of countsFeed.changes([eventId], signal)) {
    const counts = await readUntilAnswered(
      () => ownEvent(db, viewer, eventId).then((event) => countsOf(db, event)),
      signal,
    )
    if (counts === null) return
    const text = JSON.stringify(counts)
    if (text !== last) {
      last = text
      yield counts
    }
    await pause(SHORTEST_TURN, undefined, { signal }).catch(() => undefined)
  }
}

async function readUntilAnswered<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T | null> {
  while (!signal.aborted) {
    try {
      return await read()
    } catch (error) {
      if (!isUnavailable(error)) throw error
      await pause(RETRY_AFTER, undefined, { signal }).catch(() => undefined)
    }
  }
  return null
}
