import type { z } from 'zod'
import { DomainError } from './domain-error.ts'
import { toFieldErrors } from './field-errors.ts'

/**
 * Parses a request outside of tRPC with a procedure's own input schema. Throws VALIDATION_FAILED with the same
 * fields as the procedure would.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const { data, error } = schema.safeParse(value)
  if (error)
    throw new DomainError('VALIDATION_FAILED', { fields: toFieldErrors(error.issues) }, { cause: error })
  return data as z.output<Schema>
}
