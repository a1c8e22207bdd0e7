const parts = new Intl.DateTimeFormat('ko-KR', {
  timeZone: 'Asia/Seoul',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

const read = (at: Date) => {
  const found = new Map(parts.formatToParts(at).map(({ type, value }) => [type, value]))
  return (type: Intl.DateTimeFormatPartTypes) => found.get(type) ?? ''
}

/** `2026년 12월 20일(일)` in Asia/Seoul. */
export function seoulDate(at: Date): string {
  const part = read(at)
  return `${part('year')}년 ${part('month')}월 ${part('day')}일(${part('weekday')})`
}

/** `2026년 12월 20일(일) 18:00` in Asia/Seoul. */
export function seoulDateTime(at: Date): string {
  const part = read(at)
  return `${seoulDate(at)} ${part('hour')}:${part('minute')}`
}
