import * as m from '#lib/paraglide/messages.js'

const names: Record<string, () => string> = {
  unreachable: m.withdraw_unreachable,
  deadline: m.withdraw_deadline,
  declined: m.withdraw_declined,
  ineligible: m.withdraw_ineligible,
  duplicate: m.withdraw_duplicate,
  fraud: m.withdraw_fraud,
  withdrawn: m.withdraw_withdrawn,
  other: m.withdraw_other,
}

/** The withdraw record's words, in the order in which the dialog offers them. */
export const withdrawReasons = Object.keys(names)

/** A withdraw record's word as a person reads it. */
export const withdrawReasonText = (reason: string | null): string =>
  names[reason ?? 'other']?.() ?? m.withdraw_other()
