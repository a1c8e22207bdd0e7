import { pino } from 'pino'
import { z } from 'zod'
import { PARTICIPANT_EVENTS_TOPIC } from '../contract/message.ts'
import { startRelay } from './start-relay.ts'

/** The relay as a process of its own, for installations where web runs with RELAY=off. */
const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  KAFKA_BROKERS: z.string().min(1),
  KAFKA_TOPIC: z.string().min(1).default(PARTICIPANT_EVENTS_TOPIC),
  KAFKA_PARTITIONS: z.coerce.number().int().min(1).max(1000).default(6),
  KAFKA_REPLICATION_FACTOR: z.coerce.number().int().min(-1).max(100).default(-1),
  /** Milliseconds a database statement may take before it is repeated. */
  STATEMENT_TIMEOUT: z.coerce.number().int().min(100).max(600_000).default(10_000),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
})

const parsed = schema.safeParse(process.env)
if (!parsed.success) {
  const [issue] = parsed.error.issues
  process.stderr.write(`relay: ${issue?.path.join('.')}: ${issue?.message}\n`)
  process.exit(1)
}
const env = parsed.data
const log = pino({ name: 'relay', level: env.LOG_LEVEL })
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
