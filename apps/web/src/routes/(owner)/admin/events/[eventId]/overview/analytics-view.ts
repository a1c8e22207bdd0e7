/** What the dashboard shows of an event's analytics. */
export interface Analytics {
  total: number
  channels: { entryPath: string; count: number }[]
  hourly: { hour: string; count: number }[]
}

export interface Bar {
  /** Start of the hour or of the day, in milliseconds. */
  at: number
  count: number
}

const hour = 3_600_000
const day = 24 * hour
const seoul = 9 * hour

/** The last `hours` hours up to and with the one of `until`, oldest first; hours without entries are 0. */
export function hourBars(hourly: Analytics['hourly'], until: number, hours: number): Bar[] {
  const last = Math.floor(until / hour) * hour
  const counts = new Map(hourly.map((each) => [Date.parse(each.hour), each.count]))
  return Array.from({ length: hours }, (_, i) => {
    const at = last - (hours - 1 - i) * hour
    return { at, count: counts.get(at) ?? 0 }
  })
}

/** One bar a day of Korea's calendar from `since` to `until`; at most the last `most` days. */
export function dayBars(hourly: Analytics['hourly'], since: number, until: number, most: number): Bar[] {
  const startOfDay = (moment: number) => Math.floor((moment + seoul) / day) * day - seoul
  const last = startOfDay(until)
  const first = Math.max(startOfDay(Math.min(since, until)), last - (most - 1) * day)
  const counts = new Map<number, number>()
  for (const each of hourly) {
    const at = startOfDay(Date.parse(each.hour))
    counts.set(at, (counts.get(at) ?? 0) + each.count)
  }
  return Array.from({ length: Math.round((last - first) / day) + 1 }, (_, i) => {
    const at = first + i * day
    return { at, count: counts.get(at) ?? 0 }
  })
}

/** A round even number at or above the highest bar, for the chart's upper line; its half names the line between. */
export function roundTop(highest: number): number {
  if (highest <= 4) return 4
  const step = 10 ** Math.floor(Math.log10(highest))
  for (const factor of [1, 2, 4, 5, 6, 8]) {
    const top = step * factor
    if (top >= highest && top % 2 === 0) return top
  }
  return step * 10
}
