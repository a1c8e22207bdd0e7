import { MAX_DRAWN } from '@eungmo/draw/records'

/** Enough for a single prize whose winner, and the first alternate, cannot be reached. */
const MIN_PROPOSED_ALTERNATES = 2

/** The most alternates next to this many winners: what one draw has left. */
export const maxAlternates = (winnerCount: number): number => Math.max(0, MAX_DRAWN - winnerCount)

/**
 * The alternates that the form proposes: as many as winners, at least two, and at most what one draw has left.
 * The lock draws fewer where fewer entries are left.
 */
export const proposedAlternates = (winnerCount: number): number =>
  Math.min(Math.max(MIN_PROPOSED_ALTERNATES, winnerCount), maxAlternates(winnerCount))
