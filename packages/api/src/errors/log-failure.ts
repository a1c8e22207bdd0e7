import type { LogFields, Logger } from '@eungmo/messaging/logging/logger'
import { TRPCError } from '@trpc/server'
import { asDomainError } from './as-domain-error.ts'
import { DomainError } from './domain-error.ts'
import { errorCodes } from './error-codes.ts'

const logged = new WeakSet<object>()

/**
 * Logs the cause of a response with a status of 500 or above, once however often it is reported: as an error,
 * or as a warning where the database is away. Whatever turns an error into a response calls it. Returns
 * whether the status is 500 or above.
 */
export function logFailure(
  log: Pick<Logger, 'error' | 'warn'>,
  error: unknown,
  fields: LogFields = {},
): boolean {
  const { code, cause } = asDomainError(error)
  if (errorCodes[code].status < 500) return false
  // A DomainError reaches several reporters, wrapped or not. Several requests may fail of any other cause, so
  // that only their own error identifies them.
  const domainError = error instanceof TRPCError ? error.cause : error
  const key = domainError instanceof DomainError ? domainError : Object(error)
  if (logged.has(key)) return true
  logged.add(key)
  if (code === 'UNAVAILABLE') log.warn({ ...fields, err: cause ?? error }, 'unavailable')
  else log.error({ ...fields, err: cause ?? error }, 'request failed')
  return true
}
