import {
  DAY_MS,
  englishMonth,
  HOUR_MS,
  koreanWeekday,
  MINUTE_MS,
  type Moment,
  type SeoulParts,
  seoulDayNumber,
  seoulParts,
  seoulRecordTime,
  startOfSeoulDay,
  twoDigits,
} from '@eungmo/api/seoul-time'

export { DAY_MS, HOUR_MS, MINUTE_MS, seoulParts, seoulRecordTime, startOfSeoulDay }

type Locale = 'ko' | 'en'

const ENGLISH_WEEKDAYS = 'SunMonTueWedThuFriSat'
/** `Thu`. */
const englishWeekday = ({ weekday }: SeoulParts): string =>
  ENGLISH_WEEKDAYS.substring(3 * weekday, 3 * weekday + 3)

/** `12월 24일`, or `24 December`; with the year unless it is that of `now`. */
export function formatDate(moment: Moment, locale: Locale, now: Moment): string {
  const parts = seoulParts(moment)
  const { year, month, day } = parts
  const isOtherYear = year !== seoulParts(now).year
  if (locale === 'en') return `${day} ${englishMonth(parts)}${isOtherYear ? ` ${year}` : ''}`
  return `${isOtherYear ? `${year}년 ` : ''}${month}월 ${day}일`
}

/** `12월 24일(목)`, or `Thu 24 December`; with the year unless it is that of `now`. */
export function formatDay(moment: Moment, locale: Locale, now: Moment): string {
  const parts = seoulParts(moment)
  const date = formatDate(moment, locale, now)
  return locale === 'en' ? `${englishWeekday(parts)} ${date}` : `${date}(${koreanWeekday(parts)})`
}

/** `오후 2시`, `오후 2시 30분`; `14:00` in English. */
export function formatTime(moment: Moment, locale: Locale): string {
  const { hour, minute } = seoulParts(moment)
  if (locale === 'en') return `${twoDigits(hour)}:${twoDigits(minute)}`
  if (hour === 0 && minute === 0) return '자정'
  if (hour === 12 && minute === 0) return '낮 12시'
  const half = hour < 12 ? '오전' : '오후'
  const clock = `${half} ${hour % 12 || 12}시`
  return minute === 0 ? clock : `${clock} ${minute}분`
}

/** `12월 24일(목) 오후 2시`; `Thu 24 December, 14:00` in English. */
export function formatMoment(moment: Moment, locale: Locale, now: Moment): string {
  return `${formatDay(moment, locale, now)}${locale === 'en' ? ',' : ''} ${formatTime(moment, locale)}`
}

/** `2026.12.24`, as printed on a ticket. */
export function formatTicketDate(moment: Moment): string {
  const { year, month, day } = seoulParts(moment)
  return `${year}.${twoDigits(month)}.${twoDigits(day)}`
}

/** Calendar days in Korea from `now` until `moment`: 0 on the day itself, negative afterwards. */
export const daysLeft = (moment: Moment, now: Moment): number => seoulDayNumber(moment) - seoulDayNumber(now)
