import { type Moment, seoulRecordTime } from '@eungmo/api/seoul-time'

/** A moment as the value of `<input type="datetime-local">`, on Korea's clock: `2026-12-20T18:00`. */
export const toDateTimeInput = (moment: Moment): string =>
  seoulRecordTime(moment).slice(0, 16).replace(' ', 'T')

/** The value of such a field as ISO 8601 with Korea's offset; null where it is empty or not a date. */
export function fromDateTimeInput(value: string): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return null
  const iso = `${value.slice(0, 16)}:00+09:00`
  return Number.isNaN(Date.parse(iso)) ? null : iso
}
