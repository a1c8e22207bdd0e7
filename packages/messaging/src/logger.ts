type LogFunction = (fields: object, message: string) => void

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
