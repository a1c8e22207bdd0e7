import type { EventWithParts } from '@eungmo/db/queries/events'
import type { Viewer } from '../context.ts'
import { DomainError } from '../errors/domain-error.ts'

/** The event, if the viewer may see it: one that was never published is NOT_FOUND to everybody but its shop. */
export function visibleEvent(event: EventWithParts | undefined, viewer: Viewer): EventWithParts {
  if (!event) throw new DomainError('NOT_FOUND')
  const ofShop = viewer.kind === 'member' && viewer.shopId === event.shopId
  if (event.publishedAt === null && !ofShop) throw new DomainError('NOT_FOUND')
  return event
}
