import { openLink } from '@eungmo/db/connection/statement-link'
import { queueSettings } from '@eungmo/db/queries/outbox'
import { ENTRY_PAGE_VIEWS_TOPIC, PARTICIPANT_EVENTS_TOPIC } from '../contract/message.ts'
import type { Logger } from '../logging/logger.ts'
import { type MetricSink, noMetrics } from '../metrics/metrics.ts'
import { monitorOutbox } from '../outbox/outbox-monitor.ts'
import { runRelay } from './relay.ts'

export interface StartRelayOptions {
  databaseUrl: string
  /** Addresses as host:port. */
  brokers: readonly string[]
  log: Logger
  metrics?: MetricSink
  /** Milliseconds a database statement may take before it is repeated. Defaults to 10,000. */
  statementTimeout?: number
  /** Defaults to participant-events. */
  topic?: string
  /** Defaults to entry-page-views. */
  viewsTopic?: string
  /** Of a topic that has to be created. Defaults to 6. */
  partitions?: number
  /** Of a topic that has to be created. Defaults to the broker's default. */
  replicationFactor?: number
  /** Milliseconds without an acknowledgement that count as stalled. Defaults to a minute. */
  stalledAfterMs?: number
}

export interface StartedRelay {
  /**
   * Whether rows other than views have waited for a minute in which Kafka acknowledged none of them. False in a
   * process that stands by.
   */
  isStalled(): boolean
  /** Publishes rows that were committed to the outbox now instead of at the next poll. */
  wake(): void
  /** Finishes the current batch and closes every connection. */
  stop(): Promise<void>
}

/**
 * Starts the relay of this process. Of all relays on a database one works and the others stand by. It never
 * throws afterwards: a failed pass is logged and repeated.
 */
export function startRelay(options: StartRelayOptions): StartedRelay {
  const { databaseUrl, brokers, log, metrics = noMetrics } = options
  const {
    statementTimeout: timeout = 10_000,
    topic = PARTICIPANT_EVENTS_TOPIC,
    viewsTopic = ENTRY_PAGE_VIEWS_TOPIC,
    partitions = 6,
    replicationFactor = -1,
    stalledAfterMs = 60_000,
  } = options
  const link = openLink(databaseUrl, { max: 2, name: 'eungmo relay', timeout, settings: queueSettings })
  const viewsLink = openLink(databaseUrl, { name: 'eungmo relay views', timeout, settings: queueSettings })
  const monitorLink = openLink(databaseUrl, { name: 'eungmo outbox monitor' })
  const relay = runRelay({
    databaseUrl,
    brokers,
    topic,
    viewsTopic,
    partitions,
    replicationFactor,
    link,
    viewsLink,
    log,
    metrics,
  })
  let stalled = false
  const monitor = monitorOutbox({
    link: monitorLink,
    log,
    metrics,
    onMeasured({ oldestEntryAgeSeconds }) {
      const silentMs = relay.sinceAcknowledgedMs() ?? 0
      stalled = Math.min(silentMs, oldestEntryAgeSeconds * 1000) > stalledAfterMs
      metrics.set('eungmo_relay_stalled', stalled ? 1 : 0)
      if (stalled)
        log.error(
          { ms: Math.round(silentMs), oldestAgeSeconds: oldestEntryAgeSeconds },
          'Kafka acknowledges nothing while rows wait',
        )
    },
  })
  return {
    wake: relay.wake,
    isStalled: () => stalled,
    async stop() {
      await Promise.all([relay.close(), monitor.stop()])
      await Promise.all([link.close(), viewsLink.close(), monitorLink.close()])
    },
  }
}
