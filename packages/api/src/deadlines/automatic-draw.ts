import { MINUTE_MS } from '../seoul-time.ts'

/** From the end of the entries to the draw that starts by itself. */
const DRAW_DELAY_MS = MINUTE_MS
/** From such a draw to the announcement at least, in addition to the beacon's delay. */
const ANNOUNCEMENT_DELAY_MS = 5 * MINUTE_MS

interface ClosingEvent {
  endsAt: Date
  /** Whether the draw starts by itself. */
  drawsAutomatically: boolean
}

/** When an event is drawn by itself: a minute after entries close. Null where it is drawn by hand. */
export const automaticDrawAt = ({ endsAt, drawsAutomatically }: ClosingEvent): Date | null =>
  drawsAutomatically ? new Date(endsAt.getTime() + DRAW_DELAY_MS) : null

/** The latest end of events whose automatic draw is due at `now`. */
export const endOfDueDraw = (now: Date): Date => new Date(now.getTime() - DRAW_DELAY_MS)

/**
 * The earliest announcement of an event: its end, or with an automatic draw five minutes and the beacon's delay
 * after that. The delay counts without a beacon too: the owner chooses one as late as at the publication.
 *
 * @param event `beaconDelay` in seconds
 */
export function earliestAnnouncement(event: ClosingEvent & { beaconDelay: number }): Date {
  const drawAt = automaticDrawAt(event)
  if (drawAt === null) return event.endsAt
  return new Date(drawAt.getTime() + ANNOUNCEMENT_DELAY_MS + event.beaconDelay * 1_000)
}
