import { type DestinationStream, type LevelWithSilent, type Logger as Pino, pino } from 'pino'
import { describeError } from './describe-error.ts'
import type { LogFields } from './logger.ts'
import { plainText } from './plain-text.ts'

export interface LoggerOptions {
  /** The process: web, consumer, relay, jobs, or a script. */
  app: string
  level: LevelWithSilent
  /** Fields of every line, read as it is written. */
  context?: () => LogFields
  /** Defaults to standard output. */
  destination?: DestinationStream
}

/** The fields that are written; anything else is dropped. */
const FIELDS: Record<keyof LogFields, true> = {
  err: true,
  requestId: true,
  method: true,
  route: true,
  status: true,
  ms: true,
  procedure: true,
  userId: true,
  shopId: true,
  apiKeyId: true,
  eventId: true,
  participantId: true,
  drawLogId: true,
  messageId: true,
  job: true,
  task: true,
  part: true,
  check: true,
  host: true,
  port: true,
  attempt: true,
  failures: true,
  count: true,
  created: true,
  dropped: true,
  depth: true,
  oldestAgeSeconds: true,
  restart: true,
  restarts: true,
  broker: true,
  topic: true,
  groupId: true,
  source: true,
  retryCount: true,
  retryTime: true,
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * The log of a process: JSON lines with the fields of LogFields and nothing else. Texts lose what may be
 * personal, those of libraries included.
 */
export function createLogger({ app, level, context, destination }: LoggerOptions): Pino {
  return pino(
    {
      level,
      base: { app },
      ...(context && { mixin: () => ({ ...context() }) }),
      serializers: { err: describeError },
      formatters: { log: allowedFields },
      hooks: {
        logMethod([first, message], method) {
          const fields: object = typeof first === 'object' ? (first ?? {}) : {}
          const text = typeof first === 'string' ? first : message
          method.call(
            this,
            first instanceof Error ? { err: first } : fields,
            typeof text === 'string' ? plainText(text) : 'error',
          )
        },
      },
    },
    ...(destination ? [destination] : []),
  )
}

function allowedFields(fields: Record<string, unknown>): Record<string, unknown> {
  const allowed: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (!Object.hasOwn(FIELDS, name)) continue
    if (name === 'err' || typeof value === 'number' || typeof value === 'boolean') allowed[name] = value
    else if (typeof value === 'string') allowed[name] = uuid.test(value) ? value : plainText(value)
  }
  return allowed
}

/** Logs what nothing else caught, without the values that an error carries, and ends the process. */
export function endOnUncaughtError(log: Pick<Pino, 'fatal'>): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, 'An uncaught error ends the process')
      process.exit(1)
    })
  }
}
