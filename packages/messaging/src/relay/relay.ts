import type { StatementRunner } from '@eungmo/db/connection/statement-link'
import type { KafkaConfig, KafkaTimeouts, TopicConfig } from '../kafka/kafka-client.ts'
import type { Logger } from '../logging/logger.ts'
import type { MetricSink } from '../metrics/metrics.ts'
import { leadOutbox, type OutboxLeader } from '../outbox/outbox-leader.ts'
import { createTopicLane } from './topic-lane.ts'

export interface RelayOptions extends TopicConfig {
  databaseUrl: string
  /** Addresses as host:port. */
  brokers: readonly string[]
  /** The topic of views; `topic` receives all other messages. */
  viewsTopic: string
  /** With two connections the next batch is read while the last one is deleted. */
  link: StatementRunner
  /** The same for views, so that entries never wait for their statements. */
  viewsLink: StatementRunner
  log: Logger
  metrics: MetricSink
  timeouts?: KafkaTimeouts
}

export interface Relay extends OutboxLeader {
  /**
   * Milliseconds since Kafka acknowledged something other than views, or since this process became the leader;
   * null while another process leads.
   */
  sinceAcknowledgedMs(): number | null
  close(): Promise<void>
}

/**
 * Publishes the outbox to Kafka while this process leads it: views to a topic of their own, and beside the
 * entries, which do not wait when that topic is missing or slow. While no broker is reachable, the outbox grows.
 */
export function runRelay(options: RelayOptions): Relay {
  const { brokers, topic, viewsTopic, partitions, replicationFactor, link, viewsLink } = options
  const { log, metrics, timeouts } = options
  const kafka: KafkaConfig = { brokers, clientId: 'eungmo-relay', log, ...(timeouts && { timeouts }) }
  let acknowledgedAt: number | null = null
  const entries = createTopicLane({
    kafka,
    topic: { topic, partitions, replicationFactor },
    queue: 'entries',
    link,
    log,
    metrics,
    onAcknowledged: () => {
      acknowledgedAt = performance.now()
    },
  })
  const views = createTopicLane({
    kafka,
    topic: { topic: viewsTopic, partitions, replicationFactor },
    queue: 'views',
    link: viewsLink,
    log,
    metrics,
  })
  const onLeadership = (leading: boolean) => {
    acknowledgedAt = leading ? performance.now() : null
  }
  const leader = leadOutbox({ ...options, onLeadership }, [
    { pass: entries.pass, urgent: true },
    { pass: views.pass, urgent: false },
  ])

  return {
    ...leader,
    sinceAcknowledgedMs: () => (acknowledgedAt === null ? null : performance.now() - acknowledgedAt),
    async close() {
      await leader.stop()
      await Promise.all([entries.close(), views.close()])
    },
  }
}
