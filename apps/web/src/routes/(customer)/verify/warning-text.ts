import type { Warning } from '@eungmo/draw/verify'
import * as m from '#lib/paraglide/messages.js'

const texts: Record<Warning['code'], () => string> = {
  'rules-amended': m.verify_warning_amended,
  'early-close': m.verify_warning_early,
  cancelled: m.verify_warning_cancelled,
  'visit-bonus-at-lock': m.verify_warning_bonus,
  'fewer-alternates': m.verify_warning_alternates,
  exclusions: m.verify_warning_exclusions,
  attempts: m.verify_warning_attempts,
  'missing-openings': m.verify_warning_openings,
  'no-beacon': m.verify_warning_no_beacon,
  'seed-lost': m.verify_warning_seed_lost,
  'open-attempt': m.verify_warning_open,
  'no-signatures': m.verify_warning_unsigned,
  'excluded-entry': m.verify_warning_excluded,
  'list-not-checked': m.verify_warning_list,
}

/** Something that a reader should know about a draw that is otherwise right. */
export const warningText = (warning: Warning): string => texts[warning.code]()
