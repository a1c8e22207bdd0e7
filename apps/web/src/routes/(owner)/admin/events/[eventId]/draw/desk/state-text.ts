import type { WinnerState } from '@eungmo/api/winners/winner-state'
import * as m from '#lib/paraglide/messages.js'

const texts: Record<WinnerState, () => string> = {
  uncontacted: m.winner_state_uncontacted,
  contacted: m.winner_state_contacted,
  confirmed: m.winner_state_confirmed,
  'handed-over': m.winner_state_handed_over,
  expired: m.winner_state_expired,
  declined: m.winner_state_declined,
  withdrawn: m.winner_state_withdrawn,
}

/** What became of a winner, in one or two words. */
export const stateText = (state: WinnerState): string => texts[state]()
