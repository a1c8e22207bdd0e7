import { seededRandom } from './seeded-random.ts'

const HOUR_MS = 3_600_000
/** Relative number of entries in each hour of the day in Korea, from midnight. */
const hourWeights = [1, 0, 0, 0, 0, 0, 1, 3, 6, 7, 6, 9, 14, 10, 7, 7, 9, 11, 15, 14, 10, 8, 5, 2]

/** Times in the last `hours` hours before `now`, oldest first, spread like a shop's day. The same for the same seed. */
export function entryTimes(count: number, hours: number, now: number, seed: number): Date[] {
  const next = seededRandom(seed)
  const slots = Array.from({ length: hours }, (_, i) => {
    const start = now - (i + 1) * HOUR_MS
    const inKorea = Math.floor((start + 9 * HOUR_MS) / HOUR_MS) % 24
    // The demo shows recent entries at any time of the day.
    const recent = i < 4 ? 8 - i : 0
    return { start, weight: (hourWeights[inKorea] ?? 0) + recent + 0.5 }
  })
  const total = slots.reduce((sum, { weight }) => sum + weight, 0)
  const pick = () => {
    let left = next() * total
    for (const slot of slots) {
      left -= slot.weight
      if (left <= 0) return slot.start + Math.floor(next() * (HOUR_MS - 60_000))
    }
    return now - 60_000
  }
  return Array.from({ length: count }, pick)
    .sort((a, b) => a - b)
    .map((time) => new Date(time))
}
