import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { eventCounts } from './event-counts.ts'
import type { Analytics } from './schema.ts'

/** The counts of the viewer's event. Throws NOT_FOUND. */
export async function readAnalytics(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Member,
  eventId: string,
): Promise<Analytics> {
  return eventCounts(db, await requireOwnEvent(db, viewer, eventId))
}
