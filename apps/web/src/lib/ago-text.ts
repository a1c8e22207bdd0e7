import * as m from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import { formatMoment } from '#lib/seoul-time.ts'

const minute = 60_000
const hour = 60 * minute

/** How long ago, as one says it: 방금, 3분 전, 2시간 전; with the date after a day. */
export function agoText(moment: string, now: number): string {
  const passed = now - Date.parse(moment)
  if (passed < minute) return m.ago_now()
  if (passed < hour) return m.ago_minutes({ count: Math.floor(passed / minute) })
  if (passed < 24 * hour) return m.ago_hours({ count: Math.floor(passed / hour) })
  return formatMoment(moment, getLocale(), now)
}
