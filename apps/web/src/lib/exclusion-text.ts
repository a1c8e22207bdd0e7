import type { ExclusionReason } from '@eungmo/api/exclusions/reasons'
import * as m from '#lib/paraglide/messages.js'

const texts: Record<ExclusionReason, () => string> = {
  staff: m.exclusion_staff,
  'earlier-winner': m.exclusion_earlier_winner,
  duplicate: m.exclusion_duplicate,
  ineligible: m.exclusion_ineligible,
}

/** Why an entry takes no part in the draw, in the owner's words. */
export const exclusionText = (reason: ExclusionReason): string => texts[reason]()
