import type { ConsumerEnvironment } from '@eungmo/config/environment'
import { connect } from '@eungmo/db/connection/client'
import { COUNTS_CHANNEL, createNotifier } from '@eungmo/db/connection/notifier'
import { openLink, type StatementLink } from '@eungmo/db/connection/statement-link'
import { countDeadLetters } from '@eungmo/db/queries/dead-letters'
import { queueSettings } from '@eungmo/db/queries/outbox'
import { startPeriodicTask } from '@eungmo/db/timing/periodic-task'
import type { MessageSource } from '@eungmo/messaging/contract/message-source'
import { createKafkaSource } from '@eungmo/messaging/kafka/kafka-source'
import type { Logger } from '@eungmo/messaging/logging/logger'
import type { MetricSink } from '@eungmo/messaging/metrics/metrics'
import { monitorOutbox } from '@eungmo/messaging/outbox/outbox-monitor'
import { createOutboxSource } from '@eungmo/messaging/outbox/outbox-source'
import { createCountHandler } from './count-batch.ts'
import { startPartitionMaintenance } from './partition-maintenance.ts'

export interface Consumer {
  /**
   * Resolves after stop. Rejects when the source cannot continue, in which case the process should be
   * restarted.
   */
  readonly ended: Promise<void>
  isReady(): boolean
  /** Finishes the current batch and closes every connection. */
  stop(): Promise<void>
}

const DEAD_LETTERS_INTERVAL_MS = 15_000

/**
 * Starts the consumer: the source that the environment selects, the counting, and the maintenance of its
 * tables.
 */
export function startConsumer(env: ConsumerEnvironment, log: Logger, metrics: MetricSink): Consumer {
  const databaseUrl = env.DATABASE_URL
  // Kafka delivers three partitions of entries and one of views at a time; from the outbox one batch is counted
  // while the next is read.
  const link = openLink(databaseUrl, {
    max: 4,
    name: 'eungmo consumer',
    timeout: env.STATEMENT_TIMEOUT,
    settings: queueSettings,
  })
  const monitorLink = openLink(databaseUrl, { name: 'eungmo consumer monitor' })
  const admin = connect(databaseUrl, { max: 1, name: 'eungmo consumer admin' })
  const notifier = createNotifier(databaseUrl, COUNTS_CHANNEL, {
    onError: (error) => log.debug({ err: error }, 'Could not notify the dashboards'),
  })
  const sources = createSources(env, link, log, metrics)
  const kind = env.KAFKA_BROKERS.length === 0 ? 'outbox' : 'kafka'
  const handler = createCountHandler({ link, log, metrics, onCounted: (ids) => notifier.notify(ids) })
  const partitions = startPartitionMaintenance(admin.sql, log)
  // In Kafka mode the relay measures the outbox.
  const monitor = kind === 'outbox' ? monitorOutbox({ link: monitorLink, log, metrics }) : null
  const deadLetters = startPeriodicTask(
    async () => metrics.set('eungmo_dead_letters_waiting', await countDeadLetters(monitorLink)),
    {
      intervalMs: DEAD_LETTERS_INTERVAL_MS,
      onError: (error) => log.debug({ err: error }, 'Could not count the dead letters'),
    },
  )
  let ready = false
  let stopping = false

  async function run(): Promise<void> {
    await partitions.ready
    if (stopping) return
    ready = true
    log.info({ source: kind }, 'The consumer runs')
    try {
      await Promise.all(sources.map((source) => source.run(handler)))
    } finally {
      ready = false
    }
  }

  const ended = run()
  return {
    ended,
    isReady: () => ready,
    async stop() {
      stopping = true
      const background = [partitions.stop(), monitor?.stop(), deadLetters.stop()]
      await Promise.all(sources.map((source) => source.stop()))
      await ended.catch(() => undefined)
      await Promise.all(background)
      await Promise.all([notifier.close(), link.close(), monitorLink.close(), admin.close()])
    },
  }
}

/**
 * The outbox, or the two topics of Kafka. Each topic has a group of its own, because kafkajs assigns a group's
 * partitions as if all its members read the same topics, which does not hold while consumers are replaced.
 */
function createSources(
  env: ConsumerEnvironment,
  link: StatementLink,
  log: Logger,
  metrics: MetricSink,
): MessageSource[] {
  if (env.KAFKA_BROKERS.length === 0)
    return [createOutboxSource({ databaseUrl: env.DATABASE_URL, link, log, metrics })]
  const common = {
    brokers: env.KAFKA_BROKERS,
    partitions: env.KAFKA_PARTITIONS,
    replicationFactor: env.KAFKA_REPLICATION_FACTOR,
    log,
    metrics,
  }
  return [
    createKafkaSource({ ...common, topic: env.KAFKA_TOPIC, groupId: env.KAFKA_GROUP }),
    createKafkaSource({
      ...common,
      topic: env.KAFKA_VIEWS_TOPIC,
      groupId: `${env.KAFKA_GROUP}-views`,
      concurrency: 1,
    }),
  ]
}
