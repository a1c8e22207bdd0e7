import type { Warning } from '@eungmo/draw/verify'
import { formatNumber } from '#lib/format-number.ts'
import * as m from '#lib/paraglide/messages.js'

const texts: Record<Exclude<Warning['code'], 'exclusions'>, () => string> = {
  'rules-amended': m.verify_warning_amended,
  'early-close': m.verify_warning_early,
  cancelled: m.verify_warning_cancelled,
  'visit-bonus-at-lock': m.verify_warning_bonus,
  'fewer-alternates': m.verify_warning_alternates,
  attempts: m.verify_warning_attempts,
  'missing-openings': m.verify_warning_openings,
  'no-beacon': m.verify_warning_no_beacon,
  'seed-lost': m.verify_warning_seed_lost,
  'open-attempt': m.verify_warning_open,
  'no-signatures': m.verify_warning_unsigned,
  'excluded-entry': m.verify_warning_excluded,
  'list-not-checked': m.verify_warning_list,
}

/** By the reason codes of eungmo-draw; the reserved ones stand in no list. */
const exclusionTexts: Record<number, (counted: { count: string }) => string> = {
  1: m.verify_excluded_staff,
  2: m.verify_excluded_earlier_winners,
  3: m.verify_excluded_duplicates,
  4: m.verify_excluded_ineligible,
  5: m.verify_excluded_withdrawn,
}

/** Something that a reader should know about a draw that is otherwise right. */
export function warningText({ code, exclusions }: Warning): string {
  if (code !== 'exclusions') return texts[code]()
  const counts = (exclusions ?? []).flatMap(
    ({ reason, count }) => exclusionTexts[reason]?.({ count: formatNumber(count) }) ?? [],
  )
  return m.verify_warning_exclusions({ counts: counts.join(', ') })
}
