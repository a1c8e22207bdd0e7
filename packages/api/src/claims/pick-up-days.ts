import { DAY_MS, seoulDayNumber } from '../seoul-time.ts'

/**
 * The days of Korea's calendar on which a prize can be picked up: from today to the day on which the claim period
 * ends, such as `2026-12-20`.
 */
export function pickUpDays(now: Date, claimUntil: Date): string[] {
  const first = seoulDayNumber(now)
  const count = Math.max(0, seoulDayNumber(claimUntil) - first + 1)
  // A day's number counts from 1970, without a time zone.
  return Array.from({ length: count }, (_, day) =>
    new Date((first + day) * DAY_MS).toISOString().slice(0, 10),
  )
}
