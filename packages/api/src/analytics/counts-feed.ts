import { listen } from '@eungmo/db/connection/listener'

/** Announces to every open dashboard of this process which events' counts have changed. */
export interface CountsFeed {
  /**
   * Yields once at the start, then each time that the counts of one of the events may have changed (once for
   * several changes in a row), until the signal aborts. It also yields after a reconnection, so that a reader
   * never misses a change.
   */
  changes(eventIds: readonly string[], signal: AbortSignal): AsyncIterable<void>
  close(): Promise<void>
}

interface Follower {
  eventIds: ReadonlySet<string>
  wake(): void
}

/**
 * Holds the process's one LISTEN on `channel`; the payload of a NOTIFY is a list of event ids, empty for "any
 * event".
 */
export function createCountsFeed(
  databaseUrl: string,
  channel: string,
  { onError }: { onError?: (error: unknown) => void } = {},
): CountsFeed {
  const followers = new Set<Follower>()
  const closing = new AbortController()
  const wakeAll = () => {
    for (const follower of followers) follower.wake()
  }
  const listener = listen(databaseUrl, channel, {
    name: 'eungmo counts feed',
    onConnect: wakeAll,
    onNotify(payload) {
      if (payload === '') return wakeAll()
      const changed = payload.split(',')
      for (const follower of followers)
        if (changed.some((eventId) => follower.eventIds.has(eventId))) follower.wake()
    },
    ...(onError && { onError }),
  })

  return {
    async *changes(eventIds, signal) {
      const over = AbortSignal.any([signal, closing.signal])
      let woken = true
      let wake = () => {}
      const follower = {
        eventIds: new Set(eventIds),
        wake() {
          woken = true
          wake()
        },
      }
      const stop = () => wake()
      followers.add(follower)
      over.addEventListener('abort', stop)
      try {
        while (!over.aborted) {
          if (woken) {
            woken = false
            yield
          } else
            await new Promise<void>((resolve) => {
              wake = resolve
            })
        }
      } finally {
        followers.delete(follower)
        over.removeEventListener('abort', stop)
      }
    },
    async close() {
      closing.abort()
      await listener.close()
    },
  }
}
