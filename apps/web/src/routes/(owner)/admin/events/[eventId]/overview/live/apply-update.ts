import type { Analytics } from '../analytics-view.ts'

export interface Update extends Analytics {
  hours: 'all' | 'changed'
}

/** The analytics after an update that holds all hours, or those that changed: a count of 0 removes an hour. */
export function applyUpdate(
  current: Analytics | null,
  { hours, total, channels, hourly }: Update,
): Analytics {
  if (hours === 'all' || !current) return { total, channels, hourly }
  const counts = new Map(current.hourly.map(({ hour, count }) => [hour, count]))
  for (const { hour, count } of hourly) {
    if (count === 0) counts.delete(hour)
    else counts.set(hour, count)
  }
  const merged = [...counts].map(([hour, count]) => ({ hour, count }))
  return { total, channels, hourly: merged.sort((a, b) => Date.parse(a.hour) - Date.parse(b.hour)) }
}
