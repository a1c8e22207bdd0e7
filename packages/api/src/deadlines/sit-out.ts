import { HOUR_MS } from '../seoul-time.ts'

/** Months for which winners may sit out, at most: their data is stored for about as long. */
export const MAX_SIT_OUT_MONTHS = 3

const SEOUL_OFFSET_MS = 9 * HOUR_MS

/** What two events of a shop say about each other's winners. */
interface SitOutTerms {
  announcementDate: Date
  /** 0 to MAX_SIT_OUT_MONTHS. */
  sitOutMonths: number
}

/**
 * The same day and time of Seoul's calendar some months later, or the last day of that month where it is
 * shorter: 30 November and three months are 28 February.
 */
export function addSeoulMonths(from: Date, months: number): Date {
  const shifted = new Date(from.getTime() + SEOUL_OFFSET_MS)
  const day = shifted.getUTCDate()
  shifted.setUTCDate(1)
  shifted.setUTCMonth(shifted.getUTCMonth() + months)
  const daysInMonth = new Date(Date.UTC(shifted.getUTCFullYear(), shifted.getUTCMonth() + 1, 0)).getUTCDate()
  shifted.setUTCDate(Math.min(day, daysInMonth))
  return new Date(shifted.getTime() - SEOUL_OFFSET_MS)
}

/**
 * Whether winners of `earlier` take no part in an event of the same shop. Both texts have to say so, and the
 * shorter of both periods counts, from the announcement of the earlier event up to the moment at which the
 * later one takes no more entries. Winners who are not announced yet are not given away.
 */
export function sitsOut(
  earlier: SitOutTerms,
  { sitOutMonths, closesAt }: { sitOutMonths: number; closesAt: Date },
): boolean {
  const months = Math.min(earlier.sitOutMonths, sitOutMonths)
  return (
    months > 0 &&
    earlier.announcementDate <= closesAt &&
    closesAt < addSeoulMonths(earlier.announcementDate, months)
  )
}
