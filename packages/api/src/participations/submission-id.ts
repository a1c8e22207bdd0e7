import { uuidFromText } from '@eungmo/messaging/contract/uuid-from-text'
import { invalidField } from '../errors/domain-error.ts'

export const MAX_IDEMPOTENCY_KEY_LENGTH = 255

const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * The submission id of an Idempotency-Key, which may be any text: a UUID stays, anything else is hashed into
 * one (RFC 9562, version 8). Throws VALIDATION_FAILED for more than 255 characters.
 */
export function toSubmissionId(idempotencyKey: string): string {
  if (idempotencyKey.length > MAX_IDEMPOTENCY_KEY_LENGTH) throw invalidField('Idempotency-Key', 'too_long')
  if (uuidPattern.test(idempotencyKey)) return idempotencyKey.toLowerCase()
  return uuidFromText(`eungmo/idempotency-key\0${idempotencyKey}`)
}
