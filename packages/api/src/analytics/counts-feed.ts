import { listen } from '@eungmo/db/connection/listener'
import type { Analytics } from './schema.ts'
import { SharedCounts } from './shared-counts.ts'

export interface EventCounts {
  eventId: string
  counts: Analytics
}

/** Feeds the open dashboards of this process with the counts of their events. */
export interface CountsFeed {
  /**
   * Yields the counts of each event, then again whenever they have changed, until the signal aborts. A
   * consumer that is slow gets the newest counts only. Also catches up after a lost connection. Throws what
   * reading throws, unless the database is unreachable: then it waits.
   */
  follow(eventIds: readonly string[], signal: AbortSignal): AsyncGenerator<EventCounts>
  close(): Promise<void>
}

export interface CountsFeedOptions {
  /** Reads the counts of one event. */
  read: (eventId: string) => Promise<Analytics>
  onError?: (error: unknown) => void
}

/**
 * Holds the process's one LISTEN on `channel`; the payload of a NOTIFY is a list of event ids, empty for "any
 * event".
 */
export function createCountsFeed(
  databaseUrl: string,
  channel: string,
  { read, onError }: CountsFeedOptions,
): CountsFeed {
  const shared = new SharedCounts(read)
  const listener = listen(databaseUrl, channel, {
    name: 'eungmo counts feed',
    onConnect: () => shared.refresh(),
    onNotify(payload) {
      if (payload === '') shared.refresh()
      else for (const eventId of payload.split(',')) shared.refresh(eventId)
    },
    ...(onError && { onError }),
  })
  return {
    follow: (eventIds, signal) => follow(shared, eventIds, AbortSignal.any([signal, shared.closing])),
    async close() {
      shared.close()
      await listener.close()
    },
  }
}

async function* follow(
  shared: SharedCounts,
  eventIds: readonly string[],
  over: AbortSignal,
): AsyncGenerator<EventCounts> {
  const changed = new Set<string>()
  const yielded = new Map<string, Analytics>()
  let failure: { error: unknown } | undefined
  let wake = () => {}
  const follower = {
    changed(eventId: string) {
      changed.add(eventId)
      wake()
    },
    failed(error: unknown) {
      failure = { error }
      wake()
    },
  }
  const stop = () => wake()
  over.addEventListener('abort', stop)
  const leaves = eventIds.map((eventId) => shared.join(eventId, follower))
  try {
    while (!over.aborted) {
      if (failure) throw failure.error
      const [eventId] = changed
      if (eventId === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        continue
      }
      changed.delete(eventId)
      const counts = shared.newest(eventId)
      if (!counts || yielded.get(eventId) === counts) continue
      yielded.set(eventId, counts)
      yield { eventId, counts }
    }
  } finally {
    for (const leave of leaves) leave()
    over.removeEventListener('abort', stop)
  }
}
