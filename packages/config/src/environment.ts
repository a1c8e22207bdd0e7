import { z } from 'zod'
import { optional, postgresAddress } from './readers.ts'
import { checkSecretKeys } from './secret-keys.ts'
import { variables } from './variables.ts'

/** A variable is missing or wrong; the message is one line that starts with its name. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError'
}

/** Reads a process's variables. @throws EnvironmentError that names the first wrong variable */
export function readEnvironment<T>(schema: z.ZodType<T>, environment: Record<string, string | undefined>): T {
  const parsed = schema.safeParse(environment)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new EnvironmentError(`${issue?.path.join('.')} ${issue?.message}`)
}

/** As `readEnvironment`, for a program's start: ends the process with one line on standard error. */
export function readEnvironmentOrExit<T>(schema: z.ZodType<T>, program?: string): T {
  try {
    return readEnvironment(schema, process.env)
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error
    process.stderr.write(`${program ? `${program}: ` : ''}${error.message}\n`)
    process.exit(1)
  }
}

const { DATABASE_URL, KAFKA_BROKERS, KAFKA_TOPIC, KAFKA_PARTITIONS, KAFKA_REPLICATION_FACTOR } = variables
const { LOG_LEVEL, STATEMENT_TIMEOUT, SECRET_KEYS, PUBLIC_URL } = variables

/** Operators' commands. */
export const commandEnvironment = z.object({ DATABASE_URL })

/** The analytics consumer. */
export const consumerEnvironment = z.object({
  DATABASE_URL,
  KAFKA_BROKERS,
  KAFKA_TOPIC,
  KAFKA_VIEWS_TOPIC: variables.KAFKA_VIEWS_TOPIC,
  KAFKA_GROUP: variables.KAFKA_GROUP,
  KAFKA_PARTITIONS,
  KAFKA_REPLICATION_FACTOR,
  STATEMENT_TIMEOUT,
  METRICS_PORT: variables.METRICS_PORT,
  METRICS_HOST: variables.METRICS_HOST,
  LOG_LEVEL,
})

export type ConsumerEnvironment = z.infer<typeof consumerEnvironment>

/** The relay as a process of its own. */
export const relayEnvironment = z.object({
  DATABASE_URL,
  KAFKA_BROKERS: KAFKA_BROKERS.refine((brokers) => brokers.length > 0, 'is missing.'),
  KAFKA_TOPIC,
  KAFKA_VIEWS_TOPIC: variables.KAFKA_VIEWS_TOPIC,
  KAFKA_PARTITIONS,
  KAFKA_REPLICATION_FACTOR,
  STATEMENT_TIMEOUT,
  METRICS_PORT: variables.METRICS_PORT,
  METRICS_HOST: variables.METRICS_HOST,
  LOG_LEVEL,
})

/** How mail and text messages leave; web and the jobs read the same. */
const noticeEnvironment = z.object({
  SMTP_URL: variables.SMTP_URL,
  MAIL_FROM: variables.MAIL_FROM,
  SOLAPI_API_KEY: variables.SOLAPI_API_KEY,
  SOLAPI_API_SECRET: variables.SOLAPI_API_SECRET,
  SOLAPI_SENDER: variables.SOLAPI_SENDER,
  SOLAPI_CHANNEL: variables.SOLAPI_CHANNEL,
  SOLAPI_TEMPLATES: variables.SOLAPI_TEMPLATES,
  SOLAPI_URL: variables.SOLAPI_URL,
})

type NoticeEnvironment = z.infer<typeof noticeEnvironment>

/** What is missing of the variables that belong together. */
function checkNotices(env: NoticeEnvironment, context: z.RefinementCtx<NoticeEnvironment>): void {
  const missing = (name: keyof NoticeEnvironment, message: string) =>
    context.addIssue({ code: 'custom', path: [name], message: `is missing, but ${message}` })
  if (env.SMTP_URL && !env.MAIL_FROM)
    missing('MAIL_FROM', 'SMTP_URL is set: name the sender, such as MAIL_FROM=no-reply@example.kr.')
  if (env.SOLAPI_API_KEY && !env.SOLAPI_API_SECRET) missing('SOLAPI_API_SECRET', 'SOLAPI_API_KEY is set.')
  if (env.SOLAPI_API_KEY && !env.SOLAPI_SENDER)
    missing('SOLAPI_SENDER', 'SOLAPI_API_KEY is set: name a registered sender, such as 02-123-4567.')
  if (env.SOLAPI_TEMPLATES.length > 0 && !env.SOLAPI_CHANNEL)
    missing('SOLAPI_CHANNEL', 'SOLAPI_TEMPLATES is set.')
}

/** The periodic jobs as a process of their own. */
export const jobsEnvironment = noticeEnvironment
  .extend({
    DATABASE_URL,
    SECRET_KEYS,
    PUBLIC_URL,
    PORT: variables.PORT,
    DRAND_RELAYS: variables.DRAND_RELAYS,
    DESTRUCTION_JOURNAL: variables.DESTRUCTION_JOURNAL,
    LOG_LEVEL,
  })
  .superRefine(checkNotices)

/** Web's HTTP server; the application's variables are in apps/web/src/env.ts. */
export const httpServerEnvironment = noticeEnvironment
  .extend({
    PORT: variables.PORT,
    HOST: variables.HOST,
    PUBLIC_URL,
    BODY_LIMIT: variables.BODY_LIMIT,
    TRUSTED_PROXIES: variables.TRUSTED_PROXIES,
    DRAIN_SECONDS: variables.DRAIN_SECONDS,
    STOP_TIMEOUT: variables.STOP_TIMEOUT,
    LOG_LEVEL,
  })
  .superRefine(checkNotices)
  // Web speaks plain http, so a proxy stands in front. Unknown, every visitor would have its address.
  .refine(({ PUBLIC_URL: url, TRUSTED_PROXIES: proxies }) => !url?.startsWith('https:') || proxies, {
    path: ['TRUSTED_PROXIES'],
    message:
      'is missing, but PUBLIC_URL is https: name the networks of your proxy, such as TRUSTED_PROXIES=127.0.0.1/32,::1/128, or none.',
  })

/** The commands that compare the keys with the database, and encrypt what is stored with the newest. */
export const keysEnvironment = z.object({ DATABASE_URL, SECRET_KEYS })

/** The script that seeds the demo shop. */
export const seedEnvironment = z.object({ DATABASE_URL, SECRET_KEYS, PUBLIC_URL })

/** The command that prints the setup code. */
export const setupCodeEnvironment = z.object({
  DATABASE_URL,
  SECRET_KEYS,
  PUBLIC_URL,
  PORT: variables.PORT,
  SIGN_UP: variables.SIGN_UP,
})

/** Where the embedded database is, for commands that start it where DATABASE_URL is unset. */
export const embeddedEnvironment = z.object({
  DATABASE_URL: optional(postgresAddress),
  DATA_DIR: variables.DATA_DIR,
})

/** `npm start`. The programs that it starts check the rest themselves. */
export const startEnvironment = z.object({
  PORT: variables.PORT.refine((port) => port > 0, 'must be a whole number from 1 to 65535, not "0".'),
  HOST: variables.HOST,
  DATABASE_URL: optional(postgresAddress),
  SECRET_KEYS: optional(checkSecretKeys),
  KAFKA_BROKERS,
  DESTRUCTION_JOURNAL: variables.DESTRUCTION_JOURNAL,
})
