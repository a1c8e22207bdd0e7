import { uuidFromText } from '@eungmo/messaging/contract/uuid-from-text'

const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * The submission id of an Idempotency-Key, which may be any text: a UUID stays, anything else is hashed into
 * one (RFC 9562, version 8).
 */
export function toSubmissionId(idempotencyKey: string): string {
  if (uuidPattern.test(idempotencyKey)) return idempotencyKey.toLowerCase()
  return uuidFromText(`eungmo/idempotency-key\0${idempotencyKey}`)
}
