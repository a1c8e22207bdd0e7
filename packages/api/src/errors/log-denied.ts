import type { LogFields, Logger } from '@eungmo/messaging/logging/logger'
import type { Viewer } from '../context.ts'
import { DomainError } from './domain-error.ts'

/** Why an event is NOT_FOUND for a viewer, who is told no difference: it is of another shop. */
class OtherShopError extends Error {
  override readonly name = 'OtherShopError'
}

/** The error for an event that is unknown, or of another shop; only the log knows which. */
export const notFoundForShop = (exists: boolean): DomainError =>
  new DomainError(
    'NOT_FOUND',
    {},
    exists ? { cause: new OtherShopError('the event is of another shop') } : {},
  )

/**
 * Logs that a signed-in user, or an API key, requested what it may not have: a role or scope is missing, or the
 * event is of another shop. Its ids are in the line.
 */
export function logDenied(
  log: Pick<Logger, 'warn'>,
  { code, cause }: DomainError,
  viewer: Viewer,
  fields: LogFields = {},
): void {
  if (viewer.kind !== 'member' || (code !== 'FORBIDDEN' && !(cause instanceof OtherShopError))) return
  const { userId, shopId } = viewer
  const key = viewer.via === 'api-key' ? { apiKeyId: viewer.apiKeyId } : {}
  log.warn({ ...fields, userId, shopId, ...key }, 'not allowed')
}
