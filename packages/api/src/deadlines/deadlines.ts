import { DAY_MS } from '../seoul-time.ts'

/** Days after the announcement within which a winner claims the prize, unless the event says otherwise. */
export const DEFAULT_CLAIM_DAYS = 14
export const MIN_CLAIM_DAYS = 3
export const MAX_CLAIM_DAYS = 30
/** Days after the claim period until the data of those who did not win is destroyed. */
const OTHERS_DAYS = 7
/** Days after the announcement until the data of winners and waiting alternates is destroyed. */
export const WINNERS_DAYS = 90
/** Days after the cancellation until the data of everybody in a cancelled event is destroyed. */
export const CANCELLED_DAYS = 7

/** The dates until which a consent text promised to store personal data. */
export interface PromisedDates {
  /** For those who do not win. */
  othersUntil: Date
  /** For winners and waiting alternates. */
  winnersUntil: Date
}

/** A version of an event's consent text that somebody may have entered under. */
export interface PromisedText extends PromisedDates {
  version: number
}

/** What an event's dates follow from. */
export interface DatedEvent {
  announcementDate: Date
  /** MIN_CLAIM_DAYS to MAX_CLAIM_DAYS. */
  claimDays: number
  /** Null or absent for an event that was not cancelled. */
  cancelledAt?: Date | null
  /** The texts that count: they shorten the periods, and never extend them. Defaults to none. */
  texts?: readonly PromisedDates[]
}

export interface Deadlines extends PromisedDates {
  /** Until then a winner of the announced draw can claim the prize. */
  claimUntil: Date
  /** For everybody in a cancelled event; null where the event was not cancelled. */
  cancelledUntil: Date | null
}

const daysAfter = (date: Date, days: number): Date => new Date(date.getTime() + days * DAY_MS)

const earliest = (...dates: readonly Date[]): Date =>
  new Date(Math.min(...dates.map((date) => date.getTime())))

/**
 * The dates of an event. A promise always wins: no period is longer than in any of `texts`, and a claim period
 * ends with the winners' data.
 *
 * @example
 * const { othersUntil, winnersUntil } = deadlines({ announcementDate, claimDays: 14 })
 */
export function deadlines({
  announcementDate,
  claimDays,
  cancelledAt = null,
  texts = [],
}: DatedEvent): Deadlines {
  const shortest = (key: keyof PromisedDates, days: number) =>
    earliest(daysAfter(announcementDate, days), ...texts.map((text) => text[key]))
  const othersUntil = shortest('othersUntil', claimDays + OTHERS_DAYS)
  const winnersUntil = shortest('winnersUntil', WINNERS_DAYS)
  return {
    claimUntil: earliest(daysAfter(announcementDate, claimDays), winnersUntil),
    othersUntil,
    winnersUntil,
    cancelledUntil: cancelledAt && earliest(daysAfter(cancelledAt, CANCELLED_DAYS), othersUntil),
  }
}

/**
 * The dates of a participant who entered under `version`: those of that text, shortened by every later text of
 * the event, which was shown to them too. `texts` are all of the event's.
 */
export const participantDeadlines = (
  event: Omit<DatedEvent, 'texts'> & { texts: readonly PromisedText[] },
  version: number,
): Deadlines => deadlines({ ...event, texts: event.texts.filter((text) => text.version >= version) })

/** What a participant is in the draw. A withdrawn winner is one of those who did not win. */
export type Standing = 'other' | 'alternate' | 'selected' | 'withdrawn'

/** The date at which a participant's personal data is destroyed. */
export function destroyedAt(dates: Deadlines, standing: Standing): Date {
  if (dates.cancelledUntil) return dates.cancelledUntil
  return standing === 'alternate' || standing === 'selected' ? dates.winnersUntil : dates.othersUntil
}

/**
 * Until when the holder of a slot can claim the prize: claimDays from the announcement, or from the selection
 * where that came later; it ends with the winners' data.
 */
export function holderClaimUntil(event: DatedEvent, selectedAt: Date): Date {
  const { announcementDate, claimDays } = event
  const from = new Date(Math.max(announcementDate.getTime(), selectedAt.getTime()))
  return earliest(daysAfter(from, claimDays), deadlines(event).winnersUntil)
}
