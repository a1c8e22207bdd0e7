import { isDuplicate, isInvalidValue } from '@eungmo/db/connection/statement-error'
import type { LogFields, Logger } from '@eungmo/messaging/logging/logger'
import { asDomainError } from './as-domain-error.ts'
import type { DomainError } from './domain-error.ts'
import { logFailure } from './log-failure.ts'

/**
 * Converts what a use case has thrown as asDomainError does, and logs what an operator should know of: the
 * cause of a 5xx, and a value that a schema should have rejected before the database did.
 */
export function asLoggedError(
  log: Pick<Logger, 'error' | 'warn'>,
  thrown: unknown,
  fields: LogFields,
): DomainError {
  const error = asDomainError(thrown)
  logFailure(log, error, fields)
  if (isInvalidValue(error.cause) || isDuplicate(error.cause))
    log.warn(fields, 'the database rejected a value')
  return error
}
