import { repeatable } from './people.ts'

const hour = 3_600_000
/** How busy each hour of the day is in a bakery's neighbourhood, from midnight, in Korea. */
const busy = [1, 0, 0, 0, 0, 0, 1, 3, 6, 7, 6, 9, 14, 10, 7, 7, 9, 11, 15, 14, 10, 8, 5, 2]

/** Moments in the last `hours` hours before `now`, oldest first, spread as a shop's day goes. Repeatable for a seed. */
export function paceOfDays(count: number, hours: number, now: number, seed: number): Date[] {
  const next = repeatable(seed)
  const slots = Array.from({ length: hours }, (_, i) => {
    const start = now - (i + 1) * hour
    const inKorea = Math.floor((start + 9 * hour) / hour) % 24
    // Whatever the hour, a demonstration begins with people who came just now.
    const recent = i < 4 ? 8 - i : 0
    return { start, weight: (busy[inKorea] ?? 0) + recent + 0.5 }
  })
  const total = slots.reduce((sum, { weight }) => sum + weight, 0)
  const pick = () => {
    let left = next() * total
    for (const slot of slots) {
      left -= slot.weight
      if (left <= 0) return slot.start + Math.floor(next() * (hour - 60_000))
    }
    return now - 60_000
  }
  return Array.from({ length: count }, pick)
    .sort((a, b) => a - b)
    .map((time) => new Date(time))
}
