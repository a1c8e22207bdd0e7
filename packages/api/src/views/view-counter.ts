import type { StatementLink } from '@eungmo/db/connection/statement-link'
import { queueViews, type ViewMessage } from '@eungmo/db/queries/entry-page-views'
import type { Logger } from '@eungmo/messaging/logging/logger'
import { clientNetwork } from '../participations/client-network.ts'
import { HOUR_MS } from '../seoul-time.ts'
import { isPerson, MAX_AGENT_LENGTH } from './is-person.ts'
import { createVisitorFilter } from './visitor-filter.ts'

/** What a process loses at most when it is killed. */
const WRITE_INTERVAL_MS = 5_000
/** Sums of different events, sources and hours that wait for the database. */
const MAX_SUMS = 10_000

/** An entry page that was served. */
export interface EntryPageServed {
  eventId: string
  /** A channel's code, or one of `viewSources`. */
  source: string
  headers: Headers
  /** The visitor's address. */
  address: string
}

/**
 * Counts visitors of entry pages without a cookie: an estimate. A visitor is a network and a browser's name, and
 * counts once per event and day, at the source of the first view; each process counts for itself.
 */
export interface ViewCounter {
  /** Counts in memory only, in about a microsecond. Never throws. */
  count(served: EntryPageServed): void
  /** Writes what was counted, and closes the connection. Never rejects: what cannot be written is lost. */
  close(): Promise<void>
}

export interface ViewCounterOptions {
  link: StatementLink
  log: Logger
  /** For tests only. Default to the process's clock and 5,000. */
  now?: () => number
  writeIntervalMs?: number
}

/** Sums are written to the outbox every five seconds, in one statement, while there are any. */
export function createViewCounter(options: ViewCounterOptions): ViewCounter {
  const { link, log, now = Date.now, writeIntervalMs = WRITE_INTERVAL_MS } = options
  const sums = new Map<string, Omit<ViewMessage, 'messageId'>>()
  /** Being written, or of unknown outcome: written again under the same ids, by which they count once. */
  let pending: ViewMessage[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<void> = Promise.resolve()
  let dropped = 0
  let closed = false

  const filter = createVisitorFilter({
    onFull: () => log.warn({}, 'more visitors today than are told apart: further ones are not counted'),
  })

  function add(eventId: string, channel: string, time: number): void {
    const hour = time - (time % HOUR_MS)
    const key = `${hour} ${eventId} ${channel}`
    const sum = sums.get(key)
    if (sum) sum.count++
    else if (sums.size < MAX_SUMS)
      sums.set(key, { eventId, channel, hour: new Date(hour).toISOString(), count: 1 })
    else dropped++
  }

  async function write(): Promise<void> {
    if (pending.length === 0) {
      pending = [...sums.values()].map((sum) => ({ messageId: Bun.randomUUIDv7(), ...sum }))
      sums.clear()
    }
    if (pending.length === 0) return
    await queueViews(link, pending)
    pending = []
  }

  /** Writes after the interval, and again while something waits. */
  function schedule(): void {
    timer ??= setTimeout(() => {
      writing = write()
        .catch((error: unknown) => log.warn({ err: error }, 'views wait for the database'))
        .finally(() => {
          timer = undefined
          if (dropped > 0) log.warn({ count: dropped }, 'views were dropped while the database was away')
          dropped = 0
          if (!closed && (pending.length > 0 || sums.size > 0)) schedule()
        })
    }, writeIntervalMs)
    timer.unref()
  }

  return {
    count({ eventId, source, headers, address }) {
      if (!isPerson(headers)) return
      const agent = headers.get('user-agent')?.slice(0, MAX_AGENT_LENGTH) ?? ''
      const time = now()
      if (!filter.isNew(`${eventId} ${clientNetwork(address)} ${agent}`, time)) return
      add(eventId, source, time)
      schedule()
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await writing
      try {
        // First what was written before with an unknown outcome, then the rest.
        while (pending.length > 0 || sums.size > 0) await write()
      } catch (error) {
        log.warn({ err: error, count: pending.length + sums.size }, 'the last views could not be written')
      }
      await link.close()
    },
  }
}
