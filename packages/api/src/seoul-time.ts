/**
 * Korea's clock and calendar, for pages and server alike. Every text with a date shows Korean time, whatever
 * the zone of the server or of the phone.
 */

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS
/** Korea has had UTC+9 without summer time since 1988: shifting is exact and needs no time zone data. */
const SEOUL_OFFSET_MS = 9 * HOUR_MS

/** A moment: ISO 8601 with offset, milliseconds since 1970, or a Date. */
export type Moment = string | number | Date

export interface SeoulParts {
  year: number
  /** 1 to 12. */
  month: number
  day: number
  /** 0 (Sunday) to 6. */
  weekday: number
  hour: number
  minute: number
  second: number
}

const shifted = (moment: Moment): Date => new Date(new Date(moment).getTime() + SEOUL_OFFSET_MS)

/** The calendar and clock parts of a moment in Korea. */
export function seoulParts(moment: Moment): SeoulParts {
  const at = shifted(moment)
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    weekday: at.getUTCDay(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
  }
}

/** The number of a moment's day in Korea, counted from 1970-01-01: for differences between days. */
export const seoulDayNumber = (moment: Moment): number => Math.floor(shifted(moment).getTime() / DAY_MS)

/** Midnight in Korea at the beginning of a moment's day, in milliseconds since 1970. */
export const startOfSeoulDay = (moment: Moment): number => seoulDayNumber(moment) * DAY_MS - SEOUL_OFFSET_MS

export const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** `일` to `토`. */
export const koreanWeekday = ({ weekday }: SeoulParts): string => '일월화수목금토'.charAt(weekday)

const ENGLISH_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

export const englishMonth = ({ month }: SeoulParts): string => ENGLISH_MONTHS[month - 1] ?? ''

/** `20 December 2026`. */
export function seoulDateEnglish(moment: Moment): string {
  const parts = seoulParts(moment)
  return `${parts.day} ${englishMonth(parts)} ${parts.year}`
}

/** `2026년 12월 20일(일)`. */
export function seoulDate(moment: Moment): string {
  const parts = seoulParts(moment)
  return `${parts.year}년 ${parts.month}월 ${parts.day}일(${koreanWeekday(parts)})`
}

/** `2026년 12월 20일(일) 18:00`. */
export function seoulDateTime(moment: Moment): string {
  const { hour, minute } = seoulParts(moment)
  return `${seoulDate(moment)} ${twoDigits(hour)}:${twoDigits(minute)}`
}

/** `2026-12-20 18:00:05`, for records and spreadsheets. */
export function seoulRecordTime(moment: Moment): string {
  const { year, month, day, hour, minute, second } = seoulParts(moment)
  return `${year}-${twoDigits(month)}-${twoDigits(day)} ${[hour, minute, second].map(twoDigits).join(':')}`
}
