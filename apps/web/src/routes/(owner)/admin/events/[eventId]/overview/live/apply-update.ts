import type { Analytics, HourCount } from '../analytics-view.ts'

export interface Update extends Analytics {
  hours: 'all' | 'changed'
}

/** The analytics after an update that holds all hours, or those that changed: a count of 0 removes an hour. */
export function applyUpdate(
  current: Analytics | null,
  { hours, total, channels, hourly, views }: Update,
): Analytics {
  if (hours === 'all' || !current) return { total, channels, hourly, views }
  return {
    total,
    channels,
    hourly: mergeHours(current.hourly, hourly),
    views: views && { ...views, hourly: mergeHours(current.views?.hourly ?? [], views.hourly) },
  }
}

function mergeHours(before: readonly HourCount[], changed: readonly HourCount[]): HourCount[] {
  const counts = new Map(before.map(({ hour, count }) => [hour, count]))
  for (const { hour, count } of changed) {
    if (count === 0) counts.delete(hour)
    else counts.set(hour, count)
  }
  const merged = [...counts].map(([hour, count]) => ({ hour, count }))
  return merged.sort((a, b) => Date.parse(a.hour) - Date.parse(b.hour))
}
