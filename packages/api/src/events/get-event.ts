import type { Viewer } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { presentConsent } from './present-consent.ts'
import { presentEvent } from './present-event.ts'
import { requireVisibleEvent } from './require-visible-event.ts'
import type { EventWithConsentView } from './schema.ts'

/**
 * What the entry page shows of an event, with its consent text. Throws NOT_FOUND for a draft of another shop.
 */
export async function getEvent(
  { publicReads }: Pick<Dependencies, 'publicReads'>,
  viewer: Viewer,
  eventId: string,
): Promise<EventWithConsentView> {
  const found = await publicReads.event(eventId)
  if (!found) throw new DomainError('NOT_FOUND')
  const event = requireVisibleEvent(found.event, viewer)
  return { ...presentEvent(event), consent: presentConsent(found) }
}
