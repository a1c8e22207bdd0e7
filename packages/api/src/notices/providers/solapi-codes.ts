import type { NoticeProblem } from '@eungmo/db/queries/notices'
import type { NoticeReport } from '../notifier.ts'

/** Status codes of solapi's messages (message-status-codes): an invalid or unassigned number of the receiver. */
const WRONG_NUMBER: ReadonlySet<string> = new Set(['1011', '2011', '3010', '3011', '3032', '3050'])
/** The receiver, or an authority on the receiver's behalf, blocks the sender. */
const BLOCKED: ReadonlySet<string> = new Set(['1060', '1061', '2060', '2061', '3047', '3054', '3055'])
/** The account of the installation lacks something: balance, a registered sender, a template. */
const SETTINGS = /^(1020|1030|1041|1042|1043|1062|1064|2062|2063|2064|2230|3013|3059|31\d\d)$/

const ACCEPTED = '2000'
const AT_CARRIER = '3000'
const ARRIVED = '4000'

/** Why a message with this status code failed. */
export function problemOf(statusCode: string): NoticeProblem {
  if (WRONG_NUMBER.has(statusCode)) return 'wrong-number'
  if (BLOCKED.has(statusCode)) return 'blocked'
  return SETTINGS.test(statusCode) ? 'settings' : 'rejected'
}

/** Whether a message with this status code was accepted. */
export const isAccepted = (statusCode: string): boolean => statusCode === ACCEPTED

/** What the status code of an accepted message says by now. */
export function reportOf(statusCode: string): NoticeReport {
  if (statusCode === ARRIVED) return { state: 'arrived' }
  if (statusCode === ACCEPTED || statusCode === AT_CARRIER) return { state: 'pending' }
  return { state: 'failed', problem: problemOf(statusCode) }
}
