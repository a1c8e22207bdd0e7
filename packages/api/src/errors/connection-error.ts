/** postgres.js and socket errors, and Postgres' own: the database is away, restarting, full or was told to stop us. */
const codes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'STATEMENT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ERR_SOCKET_CLOSED',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'ENOTFOUND',
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  '57014',
  '55P03',
])

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** Whether the error, or a cause below it, says that the database could not be reached rather than that it refused. */
export function isConnectionError(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code = codeOf(at)
    if (code !== undefined && (codes.has(code) || code.startsWith('08'))) return true
  }
  return false
}
