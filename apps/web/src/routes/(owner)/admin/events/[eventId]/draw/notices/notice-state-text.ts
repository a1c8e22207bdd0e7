import type { NoticesView } from '@eungmo/api/notices/schema'
import * as m from '#lib/paraglide/messages.js'

export type NoticeView = NoticesView['notices'][number]

const kinds: Record<NoticeView['kind'], () => string> = {
  won: m.notices_kind_won,
  'two-days-left': m.notices_kind_two_days_left,
  'claim-received': m.notices_kind_claim_received,
  'draw-summary': m.notices_kind_draw_summary,
}

const states: Record<NoticeView['state'], () => string> = {
  waiting: m.notices_state_waiting,
  sending: m.notices_state_sending,
  sent: m.notices_state_sent,
  unknown: m.notices_state_unknown,
  failed: m.notices_state_failed,
  cancelled: m.notices_state_cancelled,
}

const problems: Record<NonNullable<NoticeView['problem']>, () => string> = {
  'wrong-number': m.notices_problem_wrong_number,
  blocked: m.notices_problem_blocked,
  rejected: m.notices_problem_rejected,
  settings: m.notices_problem_settings,
  unreachable: m.notices_problem_unreachable,
}

/** What a notice says, in the owner's words. */
export const noticeKindText = ({ kind }: NoticeView): string => kinds[kind]()

/** What became of a notice, with the reason where there is one. */
export function noticeStateText({ state, problem }: Pick<NoticeView, 'state' | 'problem'>): string {
  const text = states[state]()
  return problem ? `${text} · ${problems[problem]()}` : text
}

/** Whether only a person sends it again. */
export const isRepeatable = ({ state }: NoticeView): boolean => state === 'unknown' || state === 'failed'
