/** The SQLSTATE of an error that Postgres answered, or a driver's own code (`CONNECTION_CLOSED`); empty for anything else. */
export function errorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}

/**
 * Whether the statement's own values are to blame: SQLSTATE class 22 (data exception) or 23 (constraint violation). Only these
 * may be isolated; everything else (a lost connection, a deadlock, a restart) deserves the same statement again.
 */
export function isDataError(error: unknown): boolean {
  return /^2[23][0-9A-Z]{3}$/.test(errorCode(error))
}

/**
 * Whether the connection is gone or going: SQLSTATE classes 08, 57P0x and 53300, and every code that is no SQLSTATE, such as
 * the driver's CONNECTION_CLOSED or the system's ECONNREFUSED.
 */
export function isConnectionError(error: unknown): boolean {
  const code = errorCode(error)
  return code.length !== 5 || code.startsWith('08') || code.startsWith('57P') || code === '53300'
}

/** Whether the statement ran into its time limit: the client's (STATEMENT_TIMEOUT) or the server's (57014). */
export function isTimeout(error: unknown): boolean {
  return ['STATEMENT_TIMEOUT', '57014'].includes(errorCode(error))
}

/** The name of the constraint that the statement violated; empty for anything else. */
export function violatedConstraint(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('constraint_name' in error)) return ''
  return typeof error.constraint_name === 'string' ? error.constraint_name : ''
}
