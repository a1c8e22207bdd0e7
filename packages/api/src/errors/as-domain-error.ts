import { isDuplicate, isInvalidValue, isUnavailable } from '@eungmo/db/connection/statement-error'
import { TRPCError } from '@trpc/server'
import { ZodError } from 'zod'
import { DomainError } from './domain-error.ts'
import { type DomainErrorCode, errorCodes } from './error-codes.ts'
import { toFieldErrors } from './field-errors.ts'

const byTrpcCode = new Map<string, DomainErrorCode>(
  (Object.keys(errorCodes) as DomainErrorCode[])
    .filter((code) => !['ALREADY_PARTICIPATED', 'EVENT_NOT_OPEN', 'EVENT_CLOSED'].includes(code))
    .map((code) => [errorCodes[code].trpc, code]),
)
byTrpcCode.set('CONFLICT', 'CONFLICT').set('PARSE_ERROR', 'VALIDATION_FAILED')

/**
 * Converts anything that was thrown into a domain error; an unknown error becomes INTERNAL, with itself as
 * the cause.
 */
export function asDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  const cause = error instanceof TRPCError ? error.cause : error
  if (cause instanceof DomainError) return cause
  if (cause instanceof ZodError && error instanceof TRPCError && error.code === 'BAD_REQUEST')
    return new DomainError('VALIDATION_FAILED', { fields: toFieldErrors(cause.issues) }, { cause })
  if (isUnavailable(cause)) return new DomainError('UNAVAILABLE', { retryAfter: 1 }, { cause })
  // What the schemas let through and the database rejects is the caller's value all the same.
  if (isInvalidValue(cause)) return new DomainError('VALIDATION_FAILED', { fields: [] }, { cause })
  if (isDuplicate(cause)) return new DomainError('CONFLICT', { reason: 'duplicate' }, { cause })
  if (error instanceof TRPCError) {
    const code = byTrpcCode.get(error.code) ?? 'INTERNAL'
    return new DomainError(code, code === 'VALIDATION_FAILED' ? { fields: [] } : {}, { cause: error })
  }
  return new DomainError('INTERNAL', {}, { cause: error })
}
