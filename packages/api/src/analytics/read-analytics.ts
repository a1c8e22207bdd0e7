import type { Executor } from '@eungmo/db/connection/client'
import { readEventCounts } from '@eungmo/db/queries/analytics'
import type { EventWithParts } from '@eungmo/db/queries/events'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { ownEvent } from '../events/require-own-event.ts'
import type { Analytics } from './schema.ts'

/** The counts of the viewer's event. Throws NOT_FOUND and FORBIDDEN. */
export async function readAnalytics(
  { db }: Pick<Dependencies, 'db'>,
  viewer: Member,
  eventId: string,
): Promise<Analytics> {
  return countsOf(db, await ownEvent(db, viewer, eventId))
}

/** An event's counts; its channels are there also without entries, in the order of the form, and archived ones while they have some. */
export async function countsOf(
  db: Executor,
  { id, channels }: Pick<EventWithParts, 'id' | 'channels'>,
): Promise<Analytics> {
  const counts = await readEventCounts(db, { eventId: id })
  const byPath = new Map(counts.channels.map(({ entryPath, count }) => [entryPath, count]))
  const listed = channels
    .filter((channel) => !channel.archived || byPath.has(channel.entryPath))
    .map(({ entryPath }) => ({ entryPath, count: byPath.get(entryPath) ?? 0 }))
  const names = new Set(listed.map(({ entryPath }) => entryPath))
  return {
    total: counts.total,
    channels: [...listed, ...counts.channels.filter(({ entryPath }) => !names.has(entryPath))],
    hourly: counts.hourly.map(({ hour, count }) => ({ hour: new Date(hour).toISOString(), count })),
    updatedAt: counts.updatedAt?.toISOString() ?? null,
  }
}
