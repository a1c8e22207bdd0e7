import * as m from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import { DAY_MS, formatMoment, HOUR_MS, MINUTE_MS } from '#lib/seoul-time.ts'

/** How long ago: `방금`, `3분 전`, `2시간 전`; after a day the date. */
export function agoText(moment: string, now: number): string {
  const passed = now - Date.parse(moment)
  if (passed < MINUTE_MS) return m.ago_now()
  if (passed < HOUR_MS) return m.ago_minutes({ count: Math.floor(passed / MINUTE_MS) })
  if (passed < DAY_MS) return m.ago_hours({ count: Math.floor(passed / HOUR_MS) })
  return formatMoment(moment, getLocale(), now)
}
