/**
 * Why a place changed hands, as the public pages say it. An entrant who withdrew gave the place up as one who
 * declined did; what lies behind `ineligible` stays private.
 */
export const PUBLIC_WITHDRAW_REASONS = ['unreachable', 'deadline', 'declined', 'ineligible'] as const

export type PublicWithdrawReason = (typeof PUBLIC_WITHDRAW_REASONS)[number]

/** The public word for the reason of a withdraw record; a missing or unknown one is `ineligible`. */
export function publicWithdrawReason(reason: string | null): PublicWithdrawReason {
  if (reason === 'withdrawn') return 'declined'
  return PUBLIC_WITHDRAW_REASONS.find((known) => known === reason) ?? 'ineligible'
}
