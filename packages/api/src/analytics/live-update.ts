import type { Analytics } from './schema.ts'

/** What a stream of live updates holds. */
export interface LiveUpdate extends Analytics {
  eventId: string
  /**
   * `all` in the first update of an event; later ones hold the `changed` hours only, of entries and of views,
   * with a count of 0 for one that has none any more. An event may have thousands of hours.
   */
  hours: 'all' | 'changed'
}

/** Most followers go from the same counts to the same counts, so their update is built once. */
const builtUpdates = new WeakMap<Analytics, { from: Analytics | undefined; update: LiveUpdate }>()

/** The update that leads from the counts that were sent last, if any, to the newest. */
export function liveUpdate(eventId: string, from: Analytics | undefined, to: Analytics): LiveUpdate {
  const built = builtUpdates.get(to)
  if (built && built.from === from) return built.update
  const update: LiveUpdate = from
    ? {
        ...to,
        eventId,
        hours: 'changed',
        hourly: changedHours(from.hourly, to.hourly),
        views: to.views && { ...to.views, hourly: changedHours(from.views?.hourly ?? [], to.views.hourly) },
      }
    : { ...to, eventId, hours: 'all' }
  builtUpdates.set(to, { from, update })
  return update
}

function changedHours(from: Analytics['hourly'], to: Analytics['hourly']): Analytics['hourly'] {
  const before = new Map(from.map(({ hour, count }) => [hour, count]))
  const changed = to.filter(({ hour, count }) => before.get(hour) !== count)
  for (const { hour } of to) before.delete(hour)
  return [...changed, ...[...before.keys()].map((hour) => ({ hour, count: 0 }))]
}
