import type { Viewer } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { presentEvent } from './present-event.ts'
import { requireVisibleEvent } from './require-visible-event.ts'
import type { EventView } from './schema.ts'

/** What the entry page shows of an event. Throws NOT_FOUND for a draft of another shop. */
export async function getEvent(
  { publicReads }: Pick<Dependencies, 'publicReads'>,
  viewer: Viewer,
  eventId: string,
): Promise<EventView> {
  return presentEvent(requireVisibleEvent(await publicReads.event(eventId), viewer))
}
