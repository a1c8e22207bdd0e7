import { expect } from 'vitest'
import { asDomainError } from '../../src/errors/as-domain-error.ts'
import type { DomainError } from '../../src/errors/domain-error.ts'
import type { DomainErrorCode } from '../../src/errors/error-codes.ts'

/** Expects a call to reject with a domain error of this code whose details match; returns the error. */
export async function expectApiError(
  call: Promise<unknown>,
  code: DomainErrorCode,
  details: object = {},
): Promise<DomainError> {
  const error = await call.then(() => null, asDomainError)
  if (error === null) throw new Error(`expected ${code}, but the call resolved`)
  expect(error, String(error.cause ?? '')).toMatchObject({ code, details })
  return error
}
