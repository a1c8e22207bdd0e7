import { OUTBOX_LEADER_LOCK } from '@eungmo/db/connection/advisory-locks'
import { acquireLease, type Lease } from '@eungmo/db/connection/lease'
import { listen } from '@eungmo/db/connection/listener'
import { OUTBOX_CHANNEL } from '@eungmo/db/connection/notifier'
import { pause } from '@eungmo/db/timing/pause'
import type { Logger } from '../logging/logger.ts'
import type { MetricSink } from '../metrics/metrics.ts'
import { createWaker, type Waker } from './waker.ts'

export interface OutboxLeaderOptions {
  databaseUrl: string
  log: Logger
  metrics: MetricSink
  /** Called with true when this process becomes the leader, and with false when it no longer is. */
  onLeadership?: (leading: boolean) => void
}

export interface OutboxLeader {
  /** Starts the next pass now instead of at the next poll. */
  wake(): void
  /** Lets the current pass finish. */
  stop(): Promise<void>
  readonly ended: Promise<void>
}

/**
 * One pass over the outbox from its beginning. Returns how many rows it removed. Stops early once `isActive`
 * is false.
 */
export type OutboxPass = (isActive: () => boolean) => Promise<number>

/** Work that the leader does beside other work: neither waits for the other, and each fails by itself. */
export interface OutboxWork {
  pass: OutboxPass
  /** Whether `wake` and NOTIFY start a pass. Otherwise rows wait for the next poll. */
  urgent: boolean
}

const BUSY_POLL_INTERVAL_MS = 10
const IDLE_POLL_INTERVAL_MS = 500
/** How long after the last row the outbox still counts as busy. */
const BUSY_PERIOD_MS = 1_000
const MIN_BACKOFF_MS = 50
const MAX_BACKOFF_MS = 2_000

/**
 * Runs each pass again and again in the one process that leads: urgent ones on `wake` and NOTIFY and every
 * 10 ms while rows arrive, and all of them every 500 ms. A failed pass is repeated after a pause that grows from
 * 50 ms to 2 s.
 */
export function leadOutbox(
  { databaseUrl, log, metrics, onLeadership = () => undefined }: OutboxLeaderOptions,
  works: readonly OutboxWork[],
): OutboxLeader {
  const stopping = new AbortController()
  const { signal } = stopping
  const queues = works.map((work) => ({ ...work, waker: createWaker() }))
  const wake = () => {
    for (const { urgent, waker } of queues) if (urgent) waker.wake()
  }
  const wakeAll = () => {
    for (const { waker } of queues) waker.wake()
  }

  async function lead(lease: Lease, { pass, urgent, waker }: OutboxWork & { waker: Waker }): Promise<void> {
    const isActive = () => lease.held && !signal.aborted
    let busyUntil = 0
    let failures = 0
    while (isActive()) {
      try {
        const removed = await pass(isActive)
        failures = 0
        const now = performance.now()
        if (removed > 0 && urgent) busyUntil = now + BUSY_PERIOD_MS
        await waker.wait(now < busyUntil ? BUSY_POLL_INTERVAL_MS : IDLE_POLL_INTERVAL_MS)
      } catch (error) {
        failures++
        metrics.add('eungmo_outbox_failures_total', 1)
        log.warn({ err: error, failures }, 'A pass over the outbox failed and is repeated')
        await pause(Math.min(MIN_BACKOFF_MS * 2 ** (failures - 1), MAX_BACKOFF_MS), signal)
      }
    }
  }

  async function run(): Promise<void> {
    const listener = listen(databaseUrl, OUTBOX_CHANNEL, {
      onNotify: wake,
      onConnect: wakeAll,
      onError: (error) => log.debug({ err: error }, 'Not listening for outbox rows; polling continues'),
    })
    try {
      while (!signal.aborted) {
        const lease = await acquireLease(databaseUrl, OUTBOX_LEADER_LOCK, signal, {
          name: 'eungmo outbox leader',
          onError: (error) => log.warn({ err: error }, 'Could not try to become the leader of the outbox'),
        })
        if (!lease) break
        log.info({}, 'Leading the outbox')
        metrics.set('eungmo_outbox_leader', 1)
        onLeadership(true)
        void lease.ended.then(wakeAll)
        try {
          await Promise.all(queues.map((queue) => lead(lease, queue)))
        } finally {
          metrics.set('eungmo_outbox_leader', 0)
          onLeadership(false)
          await lease.release()
        }
        if (!signal.aborted) log.warn({}, 'Lost the leadership of the outbox')
      }
    } finally {
      await listener.close()
    }
  }

  const ended = run()
  return {
    wake,
    ended,
    async stop() {
      stopping.abort()
      wakeAll()
      await ended
    },
  }
}
