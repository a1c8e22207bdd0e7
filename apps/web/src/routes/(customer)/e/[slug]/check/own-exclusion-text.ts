import * as m from '#lib/paraglide/messages.js'

/** By the reason codes of eungmo-draw. */
const texts: Record<number, () => string> = {
  1: m.check_excluded_staff,
  2: m.check_earlier_winner,
  3: m.check_excluded_duplicate,
  4: m.check_excluded_ineligible,
  5: m.check_withdrawn_entry,
}

/** The code of an entry that the entrant withdrew, to which nobody objects. */
const WITHDRAWN = 5

/**
 * Why an entry takes no part in the draw, and what an entrant can do who thinks that it should; null for an entry
 * that takes part.
 * @param isLocked whether the list of the draw is locked, so that the shop cannot take it back
 */
export function ownExclusionText(reason: number | null, { isLocked }: { isLocked: boolean }): string | null {
  const text = texts[reason ?? 0]?.()
  if (text === undefined) return null
  if (reason === WITHDRAWN) return text
  return `${text} ${isLocked ? m.check_object_late() : m.check_object()}`
}
