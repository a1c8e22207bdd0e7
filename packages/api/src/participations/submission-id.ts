import { invalidField } from '../errors/domain-error.ts'
import { uuid } from '../validation/fields.ts'

/** The submission id of an Idempotency-Key, which must be a UUID. Throws VALIDATION_FAILED. */
export function toSubmissionId(idempotencyKey: string): string {
  const { data } = uuid.safeParse(idempotencyKey)
  if (data === undefined) throw invalidField('Idempotency-Key', 'invalid')
  return data
}
