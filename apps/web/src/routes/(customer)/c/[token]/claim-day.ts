/** Noon in Korea of a day such as `2026-12-20`: on that day whatever the zone. */
export const momentOfDay = (day: string): string => `${day}T12:00:00+09:00`
