import { readEnvironmentOrExit, relayEnvironment } from '@eungmo/config/environment'
import { requireDirectConnection } from '@eungmo/db/connection/direct-connection'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { createLogger, endOnUncaughtError } from '../logging/create-logger.ts'
import { serveHealth } from '../metrics/health-server.ts'
import { createPrometheusSink } from '../metrics/prometheus-sink.ts'
import { startRelay } from './start-relay.ts'

/** The relay as a process of its own, for installations where web runs with RELAY=off. */
const env = readEnvironmentOrExit(relayEnvironment, 'relay')
const log = createLogger({ app: 'relay', level: env.LOG_LEVEL })
endOnUncaughtError(log)
await requireDirectConnection(env.DATABASE_URL).catch((error: Error) => {
  process.stderr.write(`relay: ${error.message}\n`)
  process.exit(1)
})
const registry = new Registry()
collectDefaultMetrics({ register: registry })
const relay = startRelay({
  databaseUrl: env.DATABASE_URL,
  brokers: env.KAFKA_BROKERS,
  statementTimeout: env.STATEMENT_TIMEOUT,
  topic: env.KAFKA_TOPIC,
  viewsTopic: env.KAFKA_VIEWS_TOPIC,
  partitions: env.KAFKA_PARTITIONS,
  replicationFactor: env.KAFKA_REPLICATION_FACTOR,
  log,
  metrics: createPrometheusSink(registry),
})
const { METRICS_PORT: port, METRICS_HOST: hostname } = env
const health =
  port === undefined
    ? undefined
    : serveHealth({ port, hostname, registry, isReady: () => !relay.isStalled() })
log.info({}, 'The relay runs')

let stopping = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return
    stopping = true
    Promise.all([relay.stop(), health?.stop()]).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'The relay did not stop cleanly')
        process.exit(1)
      },
    )
  })
}
