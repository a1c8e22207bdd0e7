import { DAY_MS } from '../seoul-time.ts'
import { deadlines, type PromisedDates } from './deadlines.ts'

/** Days before an undrawn event is cancelled, from which on its owner is warned even if it is not announced yet. */
const WARNING_DAYS = 7

/** That an event is to be drawn now. */
export interface UndrawnWarning {
  /** When it is cancelled unless it was drawn: entrants were promised that their data goes then. */
  cancelsAt: Date
  /** Whether that is within 7 days. */
  isSoon: boolean
}

/**
 * The warning about a published event that is not drawn: from its announcement on, and in the last 7 days before
 * it is cancelled. Null for every other event, and before that.
 */
export function undrawnWarning(
  event: { status: string; announcementDate: Date; claimDays: number; now: Date },
  texts: readonly PromisedDates[],
): UndrawnWarning | null {
  if (event.status !== 'published') return null
  const { announcementDate, claimDays, now } = event
  const cancelsAt = deadlines({ announcementDate, claimDays, texts }).othersUntil
  const isSoon = now.getTime() >= cancelsAt.getTime() - WARNING_DAYS * DAY_MS
  return isSoon || now >= announcementDate ? { cancelsAt, isSoon } : null
}
