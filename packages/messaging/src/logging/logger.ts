/**
 * Everything that a log line may hold beside its message. Names, phone numbers, e-mail addresses, tokens,
 * addresses of visitors and the parameters of statements have no field, so that they cannot be logged.
 */
export interface LogFields {
  /** An error; describe-error.ts says what is written of it. */
  err?: unknown
  requestId?: string
  method?: string
  /** The route's pattern, never the path. */
  route?: string
  status?: number
  ms?: number
  /** The name of a procedure. */
  procedure?: string
  /** Of a signed-in user, or of the creator of an API key. */
  userId?: string
  shopId?: string
  apiKeyId?: string
  eventId?: string
  participantId?: string
  drawLogId?: string
  messageId?: string
  job?: string
  task?: string
  part?: string
  check?: string
  host?: string
  port?: number
  attempt?: number
  failures?: number
  count?: number
  created?: number
  dropped?: number
  depth?: number
  oldestAgeSeconds?: number
  restart?: boolean
  restarts?: number
  broker?: string
  topic?: string
  groupId?: string
  source?: string
  retryCount?: number
  retryTime?: number
}

type LogFunction = (fields: LogFields, message: string) => void

/**
 * The logger that every package takes: the part of pino's interface that they use. An error goes into
 * `fields.err`.
 */
export interface Logger {
  debug: LogFunction
  info: LogFunction
  warn: LogFunction
  error: LogFunction
}
