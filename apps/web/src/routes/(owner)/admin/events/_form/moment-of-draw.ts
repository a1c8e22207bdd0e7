import { automaticDrawAt } from '@eungmo/api/deadlines/automatic-draw'
import { getLocale } from '#lib/paraglide/runtime.js'
import { formatMoment } from '#lib/seoul-time.ts'
import { fromDateTimeInput } from './date-time-input.ts'

/** When an event that ends at this value of a date field draws by itself, as pages show it. */
export function momentOfDraw(endsAt: string): string {
  const iso = fromDateTimeInput(endsAt)
  const at = iso && automaticDrawAt({ endsAt: new Date(iso), drawsAutomatically: true })
  return at ? formatMoment(at, getLocale(), Date.now()) : '–'
}
