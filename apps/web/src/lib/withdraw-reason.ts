import type { WithdrawReason } from '@eungmo/draw/records'
import * as m from '#lib/paraglide/messages.js'

const texts: Record<WithdrawReason, () => string> = {
  unreachable: m.withdraw_reason_unreachable,
  deadline: m.withdraw_reason_deadline,
  declined: m.withdraw_reason_declined,
  ineligible: m.withdraw_reason_ineligible,
  withdrawn: m.withdraw_reason_withdrawn,
}

const isReason = (word: string): word is WithdrawReason => Object.hasOwn(texts, word)

/** In the order in which the redraw dialog offers them. */
export const withdrawReasons = Object.keys(texts).filter(isReason)

/** A withdraw record's reason as people read it; a missing or unknown one is `ineligible`. */
export const withdrawReasonText = (word: string | null): string =>
  texts[word !== null && isReason(word) ? word : 'ineligible']()
