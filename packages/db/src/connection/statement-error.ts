/**
 * Codes of postgres.js, of Bun's and Node's sockets and of name resolution. ENOENT is a Unix socket that is
 * not there (yet). STATEMENT_TIMEOUT is StatementLink's: the state of the connection is unknown then.
 */
const connectionCodes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'STATEMENT_TIMEOUT',
  'ERR_SOCKET_CLOSED',
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
])
const MAX_CAUSE_DEPTH = 5

/**
 * The SQLSTATE of an error that PostgreSQL returned, or a driver's or socket's code; empty for anything else.
 */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}

/**
 * Whether the statement's own values are invalid: SQLSTATE class 22 (data exception) or 23 (constraint
 * violation). Only such a statement may be split to find the value; after anything else (a lost connection, a
 * deadlock, a restart) it is repeated.
 */
export function isDataError(error: unknown): boolean {
  return /^2[23][0-9A-Z]{3}$/.test(errorCode(error))
}

/**
 * SQLSTATEs, whole or as a prefix, after which a connection is of no use: it was ended or could not be opened,
 * or leads to a server that is only a standby since a failover.
 */
export const CONNECTION_SQLSTATES = ['08', '57P', '53300', '25P03', '25P04', '25006'] as const

/**
 * SQLSTATEs, whole or as a prefix, of a server that cannot run the statement now: it was cancelled by its time
 * limit (57014), a lock was not free in time (55P03), or memory, disk or another resource is used up (53).
 */
export const BUSY_SQLSTATES = ['57014', '55P03', '53'] as const

/** What a database that allows no connections returns (alter database … allow_connections false), among others. */
const WRONG_STATE = '55000'

/**
 * Whether the error, or a cause at most five levels below it, says that the connection is gone or could not
 * be opened: CONNECTION_SQLSTATES, a connection attempt that was rejected in the state of the database, or a
 * code of the driver or the socket.
 */
export function isConnectionError(error: unknown): boolean {
  return someCause(error, isLostConnection)
}

/**
 * Whether the database cannot serve the statement now, so that the same request may succeed later: a
 * connection error or BUSY_SQLSTATES. Looks at causes as isConnectionError does.
 */
export function isUnavailable(error: unknown): boolean {
  return someCause(
    error,
    (cause) => isLostConnection(cause) || startsWithAny(errorCode(cause), BUSY_SQLSTATES),
  )
}

/**
 * Whether PostgreSQL cannot store or compare a value of the statement (SQLSTATE class 22), such as a text with
 * NUL. Looks at causes as isConnectionError does.
 */
export function isInvalidValue(error: unknown): boolean {
  return someCause(error, (cause) => /^22[0-9A-Z]{3}$/.test(errorCode(cause)))
}

/** Whether a row with the same key exists already (23505). Looks at causes as isConnectionError does. */
export function isDuplicate(error: unknown): boolean {
  return someCause(error, (cause) => errorCode(cause) === '23505')
}

/**
 * Whether the statement ran into a time limit: the client's (STATEMENT_TIMEOUT), the server's (57014) or that
 * of a lock (55P03).
 */
export function isTimeout(error: unknown): boolean {
  return ['STATEMENT_TIMEOUT', '57014', '55P03'].includes(errorCode(error))
}

/**
 * The name of the constraint that the statement violated; empty for anything else. Looks at causes as
 * isConnectionError does.
 */
export function violatedConstraint(error: unknown): string {
  let name = ''
  someCause(error, (cause) => {
    name = textOf(cause, 'constraint_name')
    return name !== ''
  })
  return name
}

/**
 * What PostgreSQL adds to an error, such as `Key (event_id, application_number)=(…, K7M2-9QXF) already exists.`;
 * empty where it adds nothing. It quotes values, so it must never reach a log.
 */
export const errorDetail = (error: unknown): string => textOf(error, 'detail')

const textOf = (error: unknown, key: 'constraint_name' | 'detail' | 'severity'): string => {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined
  return typeof value === 'string' ? value : ''
}

function isLostConnection(error: unknown): boolean {
  const code = errorCode(error)
  if (connectionCodes.has(code) || startsWithAny(code, CONNECTION_SQLSTATES)) return true
  // The same code of a statement is a mistake in the statement; FATAL ends the connection.
  return code === WRONG_STATE && textOf(error, 'severity') === 'FATAL'
}

const startsWithAny = (code: string, prefixes: readonly string[]): boolean =>
  prefixes.some((prefix) => code.startsWith(prefix))

function someCause(error: unknown, matches: (cause: unknown) => boolean): boolean {
  let current = error
  for (let depth = 0; depth < MAX_CAUSE_DEPTH; depth++) {
    if (matches(current)) return true
    if (!(current instanceof Error)) return false
    current = current.cause
  }
  return false
}
