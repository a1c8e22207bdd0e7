import type { OwnDataView } from '@eungmo/api/participations/schema'
import * as m from '#lib/paraglide/messages.js'

type OwnNotice = OwnDataView['notices'][number]

const kinds: Record<OwnNotice['kind'], () => string> = {
  won: m.own_notice_won,
  'two-days-left': m.own_notice_two_days_left,
  'claim-received': m.own_notice_claim_received,
  'application-number': m.own_notice_application_number,
}

const states: Record<OwnNotice['state'], () => string> = {
  waiting: m.own_notice_waiting,
  sending: m.own_notice_sending,
  sent: m.own_notice_sent,
  unknown: m.own_notice_unknown,
  failed: m.own_notice_failed,
  cancelled: m.own_notice_cancelled,
}

/** What a notice to the entrant says, and what became of it. */
export const ownNoticeText = ({ kind, state }: OwnNotice): string => `${kinds[kind]()} · ${states[state]()}`
