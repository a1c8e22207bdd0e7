import type { DomainErrorCode } from './error-codes.ts'
import type { DomainErrorDetails } from './error-details.ts'

/** An error that the caller can understand and act on. Anything else that is thrown is a bug: INTERNAL. */
export class DomainError extends Error {
  readonly code: DomainErrorCode
  readonly details: DomainErrorDetails

  constructor(code: DomainErrorCode, details: DomainErrorDetails = {}, options?: ErrorOptions) {
    super(code, options)
    this.name = 'DomainError'
    this.code = code
    this.details = details
  }
}

/** A VALIDATION_FAILED that names one field; `code` is a key of field-messages.ts. */
export const invalidField = (field: string, code: string): DomainError =>
  new DomainError('VALIDATION_FAILED', { fields: [{ field, code }] })
