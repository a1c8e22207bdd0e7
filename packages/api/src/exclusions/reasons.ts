import { REASONS } from '@eungmo/draw/list'

/** Why an owner excludes an entry from a draw. Each is public, as a count and in the locked list. */
export const EXCLUSION_REASONS = ['staff', 'earlier-winner', 'duplicate', 'ineligible'] as const

export type ExclusionReason = (typeof EXCLUSION_REASONS)[number]

const names: Record<ExclusionReason, (typeof REASONS)[number]> = {
  staff: 'staff',
  'earlier-winner': 'earlier winner',
  duplicate: 'duplicate',
  ineligible: 'ineligible',
}

/** The reason code of eungmo-draw. */
export const toReasonCode = (reason: ExclusionReason): number => REASONS.indexOf(names[reason])

const WITHDRAWN = REASONS.indexOf('withdrawn by the entrant')

/**
 * The reason that a code stands for; null for an entry that takes part or was withdrawn. The reserved codes (fraud,
 * other) are shown as `ineligible`, as in the locked list.
 */
export function exclusionReason(code: number): ExclusionReason | null {
  if (code === 0 || code === WITHDRAWN) return null
  return EXCLUSION_REASONS.find((reason) => toReasonCode(reason) === code) ?? 'ineligible'
}

/** How many entries were excluded for each reason, from the numbers of each code. */
export function countByReason(byCode: ReadonlyMap<number, number>): Record<ExclusionReason, number> {
  const counts = { staff: 0, 'earlier-winner': 0, duplicate: 0, ineligible: 0 }
  for (const [code, count] of byCode) {
    const reason = exclusionReason(code)
    if (reason) counts[reason] += count
  }
  return counts
}
