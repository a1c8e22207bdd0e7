import type { PublicWithdrawReason } from '@eungmo/api/draws/public-withdraw-reason'
import * as m from '#lib/paraglide/messages.js'

const texts: Record<PublicWithdrawReason, () => string> = {
  unreachable: m.replaced_unreachable,
  deadline: m.replaced_deadline,
  declined: m.replaced_declined,
  ineligible: m.replaced_ineligible,
}

/** Why a place changed hands, in the neutral words of the public pages. */
export const replacedText = (reason: PublicWithdrawReason): string => texts[reason]()
