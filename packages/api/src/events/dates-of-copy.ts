import { DAY_MS, seoulDayNumber, startOfSeoulDay } from '../seoul-time.ts'

interface EventDates {
  startsAt: Date
  endsAt: Date
  announcementDate: Date
}

/**
 * When a copy of an event runs: from `now`, over as many days of Seoul's calendar, to the same time of day, and
 * announced as long after its end. Where that would leave less than half of the event's length, such as after the
 * closing hour of an event of one day, it ends a day later.
 *
 * @example an event from 3 to 17 December at 21:00, copied on 20 January, ends on 3 February at 21:00
 */
export function datesOfCopy({ startsAt, endsAt, announcementDate }: EventDates, now: Date): EventDates {
  const days = seoulDayNumber(endsAt) - seoulDayNumber(startsAt)
  const timeOfDay = endsAt.getTime() - startOfSeoulDay(endsAt)
  const sameDays = startOfSeoulDay(now) + days * DAY_MS + timeOfDay
  const halfLength = (endsAt.getTime() - startsAt.getTime()) / 2
  const end = sameDays - now.getTime() < halfLength ? sameDays + DAY_MS : sameDays
  return {
    startsAt: now,
    endsAt: new Date(end),
    announcementDate: new Date(end + announcementDate.getTime() - endsAt.getTime()),
  }
}
