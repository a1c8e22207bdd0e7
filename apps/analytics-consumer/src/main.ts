import { consumerEnvironment, readEnvironmentOrExit } from '@eungmo/config/environment'
import { requireDirectConnection } from '@eungmo/db/connection/direct-connection'
import { createLogger, endOnUncaughtError } from '@eungmo/messaging/logging/create-logger'
import { type HealthServer, serveHealth } from '@eungmo/messaging/metrics/health-server'
import { createPrometheusSink } from '@eungmo/messaging/metrics/prometheus-sink'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { startConsumer } from './consumer.ts'

const STOP_TIMEOUT_MS = 15_000

const env = readEnvironmentOrExit(consumerEnvironment, 'analytics-consumer')
const log = createLogger({ app: 'analytics-consumer', level: env.LOG_LEVEL })
endOnUncaughtError(log)
await requireDirectConnection(env.DATABASE_URL).catch((error: Error) => {
  process.stderr.write(`analytics-consumer: ${error.message}\n`)
  process.exit(1)
})
const registry = new Registry()
collectDefaultMetrics({ register: registry })
const consumer = startConsumer(env, log, createPrometheusSink(registry))
let health: HealthServer | undefined
if (env.METRICS_PORT !== undefined) {
  const { METRICS_PORT: port, METRICS_HOST: hostname } = env
  health = serveHealth({ port, hostname, registry, isReady: consumer.isReady })
}

let stopping = false
async function stop(code: number): Promise<void> {
  if (stopping) return
  stopping = true
  setTimeout(() => {
    log.error({}, 'The consumer did not stop in time; its current batch will be delivered again')
    process.exit(1)
  }, STOP_TIMEOUT_MS).unref()
  try {
    await consumer.stop()
    await health?.stop()
    log.info({}, 'The consumer stopped')
    process.exit(code)
  } catch (error) {
    log.error({ err: error }, 'The consumer did not stop cleanly')
    process.exit(1)
  }
}

process.on('SIGTERM', () => void stop(0))
process.on('SIGINT', () => void stop(0))
consumer.ended.catch((error: unknown) => {
  log.fatal({ err: error }, 'The consumer cannot continue and has to be restarted')
  void stop(1)
})
