const day = 86_400_000
const seoulDay = (moment: string | number | Date) =>
  Math.floor((new Date(moment).getTime() + 9 * 3_600_000) / day)

/** Calendar days in Korea from `now` until `moment`: 0 on the day itself, negative afterwards. */
export function daysLeft(moment: string | number | Date, now: string | number | Date): number {
  return seoulDay(moment) - seoulDay(now)
}
