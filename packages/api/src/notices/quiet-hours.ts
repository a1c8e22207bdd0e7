import { HOUR_MS, seoulParts, startOfSeoulDay } from '../seoul-time.ts'

/** No text message leaves from 21:00 until 08:00 in Korea. */
const OPENS_AT_HOUR = 8
const CLOSES_AT_HOUR = 21

export function isQuiet(moment: Date): boolean {
  const { hour } = seoulParts(moment)
  return hour < OPENS_AT_HOUR || hour >= CLOSES_AT_HOUR
}

/** The moment itself, or the end of the quiet hours that it lies in. */
export function afterQuietHours(moment: Date): Date {
  if (!isQuiet(moment)) return moment
  const { hour } = seoulParts(moment)
  const opensAt = startOfSeoulDay(moment) + OPENS_AT_HOUR * HOUR_MS
  return new Date(hour < OPENS_AT_HOUR ? opensAt : opensAt + 24 * HOUR_MS)
}
