import { DAY_MS, HOUR_MS, startOfSeoulDay } from '#lib/seoul-time.ts'

export interface HourCount {
  hour: string
  count: number
}

/** Estimated visitors of the entry page. */
export interface Views {
  total: number
  channels: { entryPath: string; count: number }[]
  shared: number
  direct: number
  other: number
  hourly: HourCount[]
}

/** The analytics that the overview shows. */
export interface Analytics {
  total: number
  channels: { entryPath: string; count: number }[]
  hourly: HourCount[]
  /** Null before the first view. */
  views: Views | null
}

export interface Bar {
  /** Start of the hour or of the day, in milliseconds. */
  at: number
  count: number
}

/**
 * The last `hours` hours, the last one being that of `until`; oldest first. Hours without entries count 0.
 */
export function hourBars(hourly: readonly HourCount[], until: number, hours: number): Bar[] {
  const last = Math.floor(until / HOUR_MS) * HOUR_MS
  const counts = new Map(hourly.map((each) => [Date.parse(each.hour), each.count]))
  return Array.from({ length: hours }, (_, i) => {
    const at = last - (hours - 1 - i) * HOUR_MS
    return { at, count: counts.get(at) ?? 0 }
  })
}

/** One bar per day of Korea's calendar from `since` to `until`; at most the last `maxBars` days. */
export function dayBars(hourly: readonly HourCount[], since: number, until: number, maxBars: number): Bar[] {
  const last = startOfSeoulDay(until)
  const first = Math.max(startOfSeoulDay(Math.min(since, until)), last - (maxBars - 1) * DAY_MS)
  const counts = new Map<number, number>()
  for (const each of hourly) {
    const at = startOfSeoulDay(Date.parse(each.hour))
    counts.set(at, (counts.get(at) ?? 0) + each.count)
  }
  return Array.from({ length: Math.round((last - first) / DAY_MS) + 1 }, (_, i) => {
    const at = first + i * DAY_MS
    return { at, count: counts.get(at) ?? 0 }
  })
}

/**
 * A round even number at or above the highest bar: the chart's upper line. Half of it labels the middle line.
 */
export function roundTop(highest: number): number {
  if (highest <= 4) return 4
  const step = 10 ** Math.floor(Math.log10(highest))
  for (const factor of [1, 2, 4, 5, 6, 8]) {
    const top = step * factor
    if (top >= highest && top % 2 === 0) return top
  }
  return step * 10
}
