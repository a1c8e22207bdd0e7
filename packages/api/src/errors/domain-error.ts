import type { DomainErrorCode } from './error-codes.ts'

/** One wrong field of an input: its path (`prizes.0.name`), and what is wrong, as a key of field-messages.ts. */
export interface FieldError {
  field: string
  code: string
}

/** What an error may hold in addition to its code; all of it is sent to the caller. */
export interface DomainErrorDetails {
  /** VALIDATION_FAILED: the invalid fields. */
  fields?: readonly FieldError[]
  /** ALREADY_DRAWN, DRAW_IN_PROGRESS. */
  drawLogId?: string
  /** DRAW_IN_PROGRESS: when the open draw is due, ISO 8601; null where it waits for no beacon. */
  drawsAt?: string | null
  /** EVENT_NOT_OPEN: when it opens, ISO 8601. */
  startsAt?: string
  /** EVENT_CLOSED, CONFLICT, UNAVAILABLE: the case, which selects the message. */
  reason?: string
  /** NOT_ENOUGH_ENTRIES: entries that can be drawn, and how many were requested. */
  entries?: number
  requested?: number
  /** RATE_LIMITED, UNAVAILABLE: seconds to wait, at least 1; sent as Retry-After. */
  retryAfter?: number
}

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
