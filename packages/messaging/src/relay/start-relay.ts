import { openLink } from '@eungmo/db/connection/statement-link'
import { queueSettings } from '@eungmo/db/queries/outbox'
import { participantEventsTopic } from '../contract/message.ts'
import type { Logger } from '../logger.ts'
import { type MetricSink, noMetrics } from '../metrics/metrics.ts'
import { monitorOutbox } from '../outbox/outbox-monitor.ts'
import { runRelay } from './relay.ts'

export interface StartRelayOptions {
  databaseUrl: string
  /** host:port, comma-separated. */
  brokers: string
  log: Logger
  metrics?: MetricSink
  /** Milliseconds a database statement may take before it is repeated; 10,000 unless told. */
  statementTimeout?: number
  /** participant-events unless told. */
  topic?: string
  /** Of a topic that has to be made; 6 unless told. */
  partitions?: number
  /** Of a topic that has to be made; the broker's default unless told. */
  replicationFactor?: number
}

export interface StartedRelay {
  /** Rows were committed to the outbox: publish them now instead of at the next poll. */
  wake(): void
  /** Finishes the batch in hand and closes everything. */
  stop(): Promise<void>
}

/**
 * Starts the relay of this process; of all that run on a database one works and the others stand by. Never
 * throws afterwards: whatever fails is logged and tried again.
 */
export function startRelay(options: StartRelayOptions): StartedRelay {
  const { databaseUrl, brokers, log, metrics = noMetrics } = options
  const {
    statementTimeout: timeout = 10_000,
    topic = participantEventsTopic,
    partitions = 6,
    replicationFactor = -1,
  } = options
  const link = openLink(databaseUrl, { max: 2, name: 'eungmo relay', timeout, settings: queueSettings })
  const monitorLink = openLink(databaseUrl, { name: 'eungmo outbox monitor' })
  const relay = runRelay({ databaseUrl, brokers, topic, partitions, replicationFactor, link, log, metrics })
  const monitor = monitorOutbox({ link: monitorLink, log, metrics })
  return {
    wake: relay.wake,
    async stop() {
      await Promise.all([relay.close(), monitor.stop()])
      await Promise.all([link.close(), monitorLink.close()])
    },
  }
}
