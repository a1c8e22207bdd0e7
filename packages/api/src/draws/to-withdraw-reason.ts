import { WITHDRAW_REASONS, type WithdrawReason } from '@eungmo/draw/records'

/**
 * The public reason and the private note of what an owner entered: free text stays private and is recorded as
 * `other`.
 */
export function toWithdrawReason(text: string): { reason: WithdrawReason; note: string | null } {
  const reason = WITHDRAW_REASONS.find((known) => known === text)
  return reason ? { reason, note: null } : { reason: 'other', note: text }
}
