import { readEnvironmentOrExit, relayEnvironment } from '@eungmo/config/environment'
import { requireDirectConnection } from '@eungmo/db/connection/direct-connection'
import { createLogger, endOnUncaughtError } from '../logging/create-logger.ts'
import { startRelay } from './start-relay.ts'

/** The relay as a process of its own, for installations where web runs with RELAY=off. */
const env = readEnvironmentOrExit(relayEnvironment, 'relay')
const log = createLogger({ app: 'relay', level: env.LOG_LEVEL })
endOnUncaughtError(log)
await requireDirectConnection(env.DATABASE_URL).catch((error: Error) => {
  process.stderr.write(`relay: ${error.message}\n`)
  process.exit(1)
})
const relay = startRelay({
  databaseUrl: env.DATABASE_URL,
  brokers: env.KAFKA_BROKERS,
  statementTimeout: env.STATEMENT_TIMEOUT,
  topic: env.KAFKA_TOPIC,
  partitions: env.KAFKA_PARTITIONS,
  replicationFactor: env.KAFKA_REPLICATION_FACTOR,
  log,
})
log.info({}, 'The relay runs')

let stopping = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return
    stopping = true
    relay.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'The relay did not stop cleanly')
        process.exit(1)
      },
    )
  })
}
