import { PARTICIPANT_EVENTS_TOPIC } from '@eungmo/messaging/contract/message'
import { z } from 'zod'

const port = z.coerce.number().int().min(1).max(65535)

export const databaseUrlSchema = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'a postgres:// address is needed',
})

const environmentSchema = z.object({
  DATABASE_URL: databaseUrlSchema,
  /** host:port, comma-separated; empty or unset means that the consumer reads the outbox itself. */
  KAFKA_BROKERS: z.string().default(''),
  KAFKA_TOPIC: z.string().min(1).default(PARTICIPANT_EVENTS_TOPIC),
  KAFKA_GROUP: z.string().min(1).default('analytics'),
  /** Of a topic that has to be made. */
  KAFKA_PARTITIONS: z.coerce.number().int().min(1).max(1000).default(6),
  /** Of a topic that has to be made; -1 is the broker's default. */
  KAFKA_REPLICATION_FACTOR: z.coerce.number().int().min(-1).max(100).default(-1),
  /** Milliseconds a counting statement may take before it is repeated. */
  STATEMENT_TIMEOUT: z.coerce.number().int().min(100).max(600_000).default(10_000),
  /** Serves /metrics, /healthz and /readyz; unset means no port is opened. */
  METRICS_PORT: port.optional(),
  METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Environment = z.infer<typeof environmentSchema>

/**
 * Reads the variables by a schema, an empty one as unset. @throws EnvironmentError that names the first bad
 * variable
 */
export function readEnvironment<T>(schema: z.ZodType<T>, variables: Record<string, string | undefined>): T {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new EnvironmentError(`${issue?.path.join('.')}: ${issue?.message}`)
}

export class EnvironmentError extends Error {}

export function consumerEnvironment(variables: Record<string, string | undefined>): Environment {
  return readEnvironment(environmentSchema, variables)
}
