import { type Moment, seoulDayNumber } from '../seoul-time.ts'

/** Attempts to reach a winner before the slot may be withdrawn because the winner cannot be reached. */
export const MIN_CONTACT_ATTEMPTS = 3
/** Days of Seoul's calendar on which these attempts were made. */
export const MIN_CONTACT_DAYS = 2

/**
 * What became of a winner:
 * - `uncontacted`, `contacted`, `confirmed` on the claim page, `handed-over`: a winner, from the first to the last;
 * - `expired`: the claim period is over, and nobody confirmed;
 * - `declined`: the winner did not want the prize;
 * - `withdrawn`: the slot was taken away for another reason.
 */
export type WinnerState =
  | 'uncontacted'
  | 'contacted'
  | 'confirmed'
  | 'handed-over'
  | 'expired'
  | 'declined'
  | 'withdrawn'

/** How far a holder of a slot is; instants are ISO 8601. */
export interface WinnerProgress {
  selectedAt: string
  /** Until when the prize can be claimed. */
  claimUntil: string
  /** When the winner confirmed on the claim page; null before. */
  claimedAt: string | null
  /** When the prize was handed over; null before. */
  handedOverAt: string | null
  /** The logged attempts to reach the winner. */
  contacts: readonly { at: string }[]
}

/** A holder of a slot, present or past. */
export interface SlotProgress extends WinnerProgress {
  standing: 'selected' | 'withdrawn'
  /** When the notice of having won was sent; null before, and where none was. */
  notifiedAt: string | null
  /** Why the slot was taken away; null for who holds it. */
  reason: string | null
}

const isReached = (instant: string, now: Moment): boolean => Date.parse(instant) <= new Date(now).getTime()

/** What became of a winner by `now`. */
export function winnerState(winner: SlotProgress, now: Moment): WinnerState {
  if (winner.standing === 'withdrawn') {
    if (winner.reason === 'declined') return 'declined'
    return winner.reason === 'deadline' ? 'expired' : 'withdrawn'
  }
  if (winner.handedOverAt !== null) return 'handed-over'
  if (winner.claimedAt !== null) return 'confirmed'
  if (isReached(winner.claimUntil, now)) return 'expired'
  return winner.notifiedAt !== null || winner.contacts.length > 0 ? 'contacted' : 'uncontacted'
}

/** Days of Seoul's calendar until an instant: 0 on its day, and after it. */
export const daysLeft = (until: Moment, now: Moment): number =>
  Math.max(0, seoulDayNumber(until) - seoulDayNumber(now))

/** The attempts that count, and on how many days of Seoul's calendar: those since the winner was last heard of. */
export function countContacts({ selectedAt, claimedAt, contacts }: WinnerProgress): {
  attempts: number
  days: number
} {
  const since = Date.parse(claimedAt ?? selectedAt)
  const counted = contacts.filter(({ at }) => Date.parse(at) >= since)
  return { attempts: counted.length, days: new Set(counted.map(({ at }) => seoulDayNumber(at))).size }
}

/** Why a slot may not be withdrawn for a reason. */
export type WithdrawalBar = 'handed-over' | 'confirmed' | 'claim-open' | 'too-few-contacts'

/**
 * Why the slot of a winner may not be withdrawn for this reason yet; null where it may. `deadline` and `unreachable`
 * are claims about the winner, which the chain publishes for good: they wait until they are true.
 */
export function withdrawalBar(winner: WinnerProgress, reason: string, now: Moment): WithdrawalBar | null {
  if (winner.handedOverAt !== null) return 'handed-over'
  if (reason === 'deadline') {
    if (winner.claimedAt !== null) return 'confirmed'
    return isReached(winner.claimUntil, now) ? null : 'claim-open'
  }
  if (reason !== 'unreachable') return null
  const { attempts, days } = countContacts(winner)
  return attempts >= MIN_CONTACT_ATTEMPTS && days >= MIN_CONTACT_DAYS ? null : 'too-few-contacts'
}
