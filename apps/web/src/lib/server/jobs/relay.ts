import { createPrometheusSink } from '@eungmo/messaging/metrics/prometheus-sink'
import { startRelay } from '@eungmo/messaging/relay/start-relay'
import {
  DATABASE_URL,
  KAFKA_BROKERS,
  KAFKA_PARTITIONS,
  KAFKA_REPLICATION_FACTOR,
  KAFKA_TOPIC,
  KAFKA_VIEWS_TOPIC,
  RELAY,
} from '$app/env/private'
import { metrics } from '../process/metrics.ts'
import { addReadinessWarning } from '../process/readiness.ts'
import type { BackgroundTask } from './background-task.ts'

/** Publishes the outbox on Kafka, unless there is no broker or RELAY=off leaves that to `bun run relay`. */
export const relay: BackgroundTask = {
  name: 'relay',
  async start(logger) {
    if (KAFKA_BROKERS.length === 0 || RELAY === 'off') return async () => undefined
    const started = startRelay({
      databaseUrl: DATABASE_URL,
      brokers: KAFKA_BROKERS,
      topic: KAFKA_TOPIC,
      viewsTopic: KAFKA_VIEWS_TOPIC,
      partitions: KAFKA_PARTITIONS,
      replicationFactor: KAFKA_REPLICATION_FACTOR,
      log: logger,
      metrics: createPrometheusSink(metrics),
    })
    addReadinessWarning('relay', started.isStalled)
    return started.stop
  },
}
