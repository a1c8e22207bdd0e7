import { plainText } from './plain-text.ts'

/** What a log line says of an error. Everything else that it carries stays out. */
export interface ErrorDescription {
  type: string
  /** SQLSTATE, a code of the driver or the system, or one of ours. */
  code?: string
  message?: string
  constraint?: string
  table?: string
  column?: string
  /** Frames of our own files. */
  stack?: string
}

const MAX_CAUSES = 8
const MAX_FRAMES = 8

/** Messages of these quote the input. */
const QUOTING = new Set(['SyntaxError', 'ZodError', '$ZodError', 'URIError'])

/**
 * Type, code and message of the innermost cause, with the frames of our own code. PostgreSQL's messages are
 * left out, since they quote values, as are a statement and its parameters: the code, the table and the
 * constraint say what happened.
 */
export function describeError(error: unknown): ErrorDescription {
  const cause = innermost(error)
  if (typeof cause !== 'object' || cause === null) return { type: typeof cause }
  const type = cause instanceof Error ? cause.name : 'Object'
  const code = textOf(cause, 'code')
  const message = textOf(cause, 'message')
  const fromPostgres = textOf(cause, 'severity') !== undefined || type === 'PostgresError'
  const named = {
    code,
    message: fromPostgres || QUOTING.has(type) ? undefined : message,
    constraint: textOf(cause, 'constraint_name'),
    table: textOf(cause, 'table_name'),
    column: textOf(cause, 'column_name'),
  }
  const description: ErrorDescription = { type: plainText(type) }
  for (const key of ['code', 'message', 'constraint', 'table', 'column'] as const) {
    const text = named[key]
    if (text) description[key] = plainText(text)
  }
  const stack = framesOf(cause) || framesOf(error)
  return stack ? { ...description, stack } : description
}

function innermost(error: unknown): unknown {
  let current = error
  for (let depth = 0; depth < MAX_CAUSES; depth++) {
    const next: unknown =
      current instanceof AggregateError ? current.errors[0] : current instanceof Error && current.cause
    if (!(next instanceof Error)) break
    current = next
  }
  return current
}

function textOf(error: object, key: string): string | undefined {
  const value: unknown = Reflect.get(error, key)
  return typeof value === 'string' ? value : undefined
}

/** The lines of a stack that name a file of ours: the first lines repeat the message. */
function framesOf(error: unknown): string {
  if (!(error instanceof Error) || !error.stack) return ''
  return error.stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at .*:\d+(:\d+)?\)?$/.test(line) && !line.includes('node_modules'))
    .slice(0, MAX_FRAMES)
    .join('\n')
}
