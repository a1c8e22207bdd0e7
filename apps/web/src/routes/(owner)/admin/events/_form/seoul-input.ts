import { seoulParts } from '#lib/seoul-time.ts'

const two = (value: number) => String(value).padStart(2, '0')

/** A moment as `<input type="datetime-local">` takes it, on Korea's clock: `2026-12-20T18:00`. */
export function toSeoulInput(moment: string | number | Date): string {
  const { year, month, day, hour, minute } = seoulParts(moment)
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`
}

/** What such a field holds, as ISO 8601 with Korea's offset; null where it is empty or no date. */
export function fromSeoulInput(value: string): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return null
  const iso = `${value.slice(0, 16)}:00+09:00`
  return Number.isNaN(Date.parse(iso)) ? null : iso
}
