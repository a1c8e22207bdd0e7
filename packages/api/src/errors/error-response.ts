import type { Locale } from '../locale.ts'
import { asDomainError } from './as-domain-error.ts'
import { type DomainErrorCode, errorCodes, errorMessage } from './error-codes.ts'
import type { DomainErrorDetails } from './error-details.ts'
import { fieldMessage } from './field-messages.ts'

/** The body of every error response, over REST, tRPC and in form actions. */
export interface ErrorBody extends Omit<DomainErrorDetails, 'fields'> {
  code: DomainErrorCode
  message: string
  fields?: { field: string; code: string; message: string }[]
}

/**
 * Status, body and headers of the response to anything that was thrown, in the caller's language; never a
 * stack trace.
 */
export function toErrorResponse(
  error: unknown,
  locale: Locale,
): { status: number; body: ErrorBody; headers: Record<string, string> } {
  const { code, details } = asDomainError(error)
  const { fields, ...rest } = details
  return {
    status: errorCodes[code].status,
    body: {
      message: errorMessage(code, details, locale),
      code,
      ...(fields && {
        fields: fields.map((field) => ({ ...field, message: fieldMessage(field.code, locale) })),
      }),
      ...rest,
    },
    headers:
      details.retryAfter === undefined
        ? {}
        : { 'Retry-After': String(Math.max(1, Math.ceil(details.retryAfter))) },
  }
}
