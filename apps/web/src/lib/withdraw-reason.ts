import * as m from '#lib/paraglide/messages.js'

const words: Record<string, () => string> = {
  unreachable: m.reason_unreachable,
  deadline: m.reason_deadline,
  declined: m.reason_declined,
  ineligible: m.reason_ineligible,
  duplicate: m.reason_duplicate,
  fraud: m.reason_fraud,
  withdrawn: m.reason_withdrawn,
}

/** The withdraw record's word for why a winner was replaced, as a phrase. */
export function withdrawReason(word: string): string {
  return (words[word] ?? m.reason_other)()
}
