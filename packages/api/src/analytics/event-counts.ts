import type { Executor } from '@eungmo/db/connection/client'
import { type EventCounts, readEventCounts } from '@eungmo/db/queries/analytics'
import { type EventWithParts, findEvent } from '@eungmo/db/queries/events'
import { viewSources } from '@eungmo/messaging/contract/message'
import { DomainError } from '../errors/domain-error.ts'
import type { Analytics, AnalyticsViews } from './schema.ts'

/**
 * An event's counts. Its channels are listed in the order of the form, also without entries; archived ones
 * only while they have entries.
 */
export async function eventCounts(
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
    hourly: toHourly(counts.hourly),
    updatedAt: counts.updatedAt?.toISOString() ?? null,
    views: presentViews(channels, counts),
  }
}

const toHourly = (hours: EventCounts['hourly']): Analytics['hourly'] =>
  hours.map(({ hour, count }) => ({ hour: new Date(hour).toISOString(), count }))

function presentViews(
  channels: EventWithParts['channels'],
  { viewSources: sources, viewHours }: EventCounts,
): AnalyticsViews | null {
  if (sources.length === 0) return null
  const bySource = new Map(sources.map(({ source, count }) => [source, count]))
  const countOf = (source: string) => bySource.get(source) ?? 0
  return {
    total: sources.reduce((sum, { count }) => sum + count, 0),
    channels: channels
      .filter(({ archived, code }) => !archived || bySource.has(code))
      .map(({ entryPath, code }) => ({ entryPath, count: countOf(code) })),
    shared: countOf(viewSources.share),
    direct: countOf(viewSources.direct),
    other: countOf(viewSources.other),
    hourly: toHourly(viewHours),
  }
}

/** The counts of any shop's event: the caller has checked who may see them. Throws NOT_FOUND. */
export async function readEventAnalytics(db: Executor, eventId: string): Promise<Analytics> {
  const event = await findEvent(db, { eventId })
  if (!event) throw new DomainError('NOT_FOUND')
  return eventCounts(db, event)
}
