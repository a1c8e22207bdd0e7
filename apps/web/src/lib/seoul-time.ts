/** All times are shown in Korea's, whatever the zone of server or phone. */
const timeZone = 'Asia/Seoul'

type Locale = 'ko' | 'en'
type Moment = string | number | Date

const formats = new Map<string, Intl.DateTimeFormat>()

function format(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  let found = formats.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(locale === 'ko' ? 'ko-KR' : 'en-GB', { timeZone, ...options })
    formats.set(key, found)
  }
  return found
}

interface Parts {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
}

/** The calendar and clock parts of a moment in Korea. */
export function seoulParts(moment: Moment): Parts {
  // Korea has kept UTC+9 without summer time since 1988; shifting is exact and needs no time zone data.
  const shifted = new Date(new Date(moment).getTime() + 9 * 3_600_000)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
  }
}

/** `12월 24일(목)`, or `Thu 24 December`; with the year where it is not that of `now`. */
export function formatDay(moment: Moment, locale: Locale, now: Moment): string {
  const { year, month, day } = seoulParts(moment)
  const date = new Date(moment)
  const otherYear = year !== seoulParts(now).year
  if (locale === 'ko') {
    const weekday = format(locale, { weekday: 'short' }).format(date)
    return `${otherYear ? `${year}년 ` : ''}${month}월 ${day}일(${weekday})`
  }
  const weekday = format(locale, { weekday: 'short' }).format(date)
  const monthName = format(locale, { month: 'long' }).format(date)
  return `${weekday} ${day} ${monthName}${otherYear ? ` ${year}` : ''}`
}

/** `오후 2시`, `오후 2시 30분`; `14:00` in English. */
export function formatTime(moment: Moment, locale: Locale): string {
  const { hour, minute } = seoulParts(moment)
  if (locale === 'en') return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  if (hour === 0 && minute === 0) return '자정'
  if (hour === 12 && minute === 0) return '낮 12시'
  const half = hour < 12 ? '오전' : '오후'
  const clock = `${half} ${hour % 12 || 12}시`
  return minute === 0 ? clock : `${clock} ${minute}분`
}

/** `12월 24일(목) 오후 2시`. */
export function formatMoment(moment: Moment, locale: Locale, now: Moment): string {
  return `${formatDay(moment, locale, now)}${locale === 'en' ? ',' : ''} ${formatTime(moment, locale)}`
}

/** `2026.12.24`, as printed on a ticket. */
export function formatTicketDate(moment: Moment): string {
  const { year, month, day } = seoulParts(moment)
  return `${year}.${String(month).padStart(2, '0')}.${String(day).padStart(2, '0')}`
}

/** `2026-12-24 14:00:05`, for records. */
export function formatRecordTime(moment: Moment): string {
  const { hour, minute, second } = seoulParts(moment)
  const clock = [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':')
  return `${formatTicketDate(moment).replaceAll('.', '-')} ${clock}`
}
