import type { EventWithParts } from '@eungmo/db/queries/events'
import { hasScope } from '../api-keys/scopes.ts'
import type { Viewer } from '../context.ts'
import { DomainError } from '../errors/domain-error.ts'

/**
 * The event, if the viewer may see it. Throws NOT_FOUND for one that was never published, except to its own
 * shop: a member, or an API key that writes events.
 */
export function requireVisibleEvent(event: EventWithParts | undefined, viewer: Viewer): EventWithParts {
  if (!event) throw new DomainError('NOT_FOUND')
  const ofShop =
    viewer.kind === 'member' && viewer.shopId === event.shopId && hasScope(viewer, 'events:write')
  if (event.publishedAt === null && !ofShop) throw new DomainError('NOT_FOUND')
  return event
}
