import type { AccessLineView } from '@eungmo/api/access-log/schema'
import { EXCLUSION_REASONS } from '@eungmo/api/exclusions/reasons'
import type { AccessAction } from '@eungmo/db/queries/access-log'
import { exclusionText } from '#lib/exclusion-text.ts'
import * as m from '#lib/paraglide/messages.js'

const actions: Record<AccessAction, () => string> = {
  'list-participants': m.access_did_list_participants,
  'search-participants': m.access_did_search_participants,
  'reveal-participant': m.access_did_reveal_participant,
  'export-participants': m.access_did_export_participants,
  'list-winners': m.access_did_list_winners,
  'export-winners': m.access_did_export_winners,
  'export-prize-tax': m.access_did_export_prize_tax,
  'mark-visit': m.access_did_mark_visit,
  'unmark-visit': m.access_did_unmark_visit,
  'exclude-participant': m.access_did_exclude_participant,
  'include-participant': m.access_did_include_participant,
  'exclude-pasted': m.access_did_exclude_pasted,
  'include-pasted': m.access_did_include_pasted,
  'hand-over': m.access_did_hand_over,
  draw: m.access_did_draw,
  redraw: m.access_did_redraw,
  'compare-winners': m.access_did_compare_winners,
  'contact-winner': m.access_did_contact_winner,
  'read-own-data': m.access_did_read_own_data,
  'correct-own-name': m.access_did_correct_own_name,
  'withdraw-own-marketing': m.access_did_withdraw_own_marketing,
  'read-own-claim': m.access_did_read_own_claim,
  'confirm-own-claim': m.access_did_confirm_own_claim,
  'decline-own-prize': m.access_did_decline_own_prize,
  'disown-entry': m.access_did_disown_entry,
  'reveal-claim': m.access_did_reveal_claim,
  'renew-claim-link': m.access_did_renew_claim_link,
  'destroy-participants': m.access_did_destroy_participants,
  'send-notices': m.access_did_send_notices,
  'list-access-log': m.access_did_list_access_log,
  'search-access-log': m.access_did_search_access_log,
  'export-access-log': m.access_did_export_access_log,
  'sign-in': m.access_did_sign_in,
  'fail-sign-in': m.access_did_fail_sign_in,
  'sign-out': m.access_did_sign_out,
  'end-sessions': m.access_did_end_sessions,
  'reset-password': m.access_did_reset_password,
  'await-second-factor': m.access_did_await_second_factor,
  'sign-in-again': m.access_did_sign_in_again,
  'fail-second-factor': m.access_did_fail_second_factor,
  'use-recovery-code': m.access_did_use_recovery_code,
  'add-second-factor': m.access_did_add_second_factor,
  'remove-second-factor': m.access_did_remove_second_factor,
  'renew-recovery-codes': m.access_did_renew_recovery_codes,
  'add-passkey': m.access_did_add_passkey,
  'rename-passkey': m.access_did_rename_passkey,
  'remove-passkey': m.access_did_remove_passkey,
  'create-api-key': m.access_did_create_api_key,
  'revoke-api-key': m.access_did_revoke_api_key,
  'invite-member': m.access_did_invite_member,
  'cancel-invitation': m.access_did_cancel_invitation,
  'add-member': m.access_did_add_member,
  'change-role': m.access_did_change_role,
  'remove-member': m.access_did_remove_member,
  pause: m.access_did_pause,
  resume: m.access_did_resume,
  'list-affected': m.access_did_list_affected,
}

/** What was done, in the owner's words. */
export const actionText = (action: AccessAction): string => actions[action]()

/** What for, as it was written; of an exclusion the reason that was chosen. Empty where there is none. */
export function purposeText({ action, purpose }: Pick<AccessLineView, 'action' | 'purpose'>): string {
  if (purpose === null) return ''
  const isExclusion = action === 'exclude-participant' || action === 'exclude-pasted'
  const reason = isExclusion && EXCLUSION_REASONS.find((known) => known === purpose)
  return reason ? exclusionText(reason) : m.access_purpose({ purpose })
}

/** Who did it. */
export function actorText(actor: Pick<NonNullable<AccessLineView['actor']>, 'kind' | 'name'> | null): string {
  if (!actor) return m.access_unknown()
  if (actor.kind === 'operator') return m.access_operator()
  if (actor.kind === 'entrant') return m.access_entrant()
  if (actor.kind === 'schedule') return m.access_schedule()
  if (actor.kind === 'api-key') return m.access_key({ name: actor.name ?? '–' })
  return actor.name ?? m.access_deleted_user()
}

/** As what they did it: owner, staff or API key. Empty where that is not known. */
export function roleText(actor: AccessLineView['actor']): string {
  if (actor?.kind === 'api-key') return m.access_role_key()
  if (!actor?.role) return ''
  return actor.role === 'owner' ? m.admin_role_owner() : m.admin_role_staff()
}
