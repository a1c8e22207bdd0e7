type Write = (fields: Record<string, unknown>, message: string) => void

/** What this package logs through; a pino logger fits. */
export interface Logger {
  debug: Write
  info: Write
  warn: Write
  error: Write
}
