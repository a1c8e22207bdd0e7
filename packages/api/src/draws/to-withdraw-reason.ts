import { WITHDRAW_REASONS, type WithdrawReason } from '@eungmo/draw/records'

/**
 * The public reason and the private note of what an owner entered. Records are public for good, so free text,
 * which may accuse a person, stays private and is recorded as `ineligible`.
 */
export function toWithdrawReason(
  text: string,
  note: string | null = null,
): { reason: WithdrawReason; note: string | null } {
  const reason = WITHDRAW_REASONS.find((known) => known === text)
  return reason ? { reason, note } : { reason: 'ineligible', note: note === null ? text : `${text}: ${note}` }
}
