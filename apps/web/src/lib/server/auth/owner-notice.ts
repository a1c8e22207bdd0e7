import { contentVersion } from '@eungmo/api/content-version'
import type { Executor } from '@eungmo/db/connection/client'
import { type OwnerNotice, storeOwnerNotice } from '@eungmo/db/queries/owner-notices'
import * as m from '#lib/paraglide/messages.js'
import type { Operator } from '../process/operator.ts'

/** Whose account it is: customers see an owner's name and address. */
export type NoticeAccount = 'owner' | 'staff'

/** What the pages say of a new account's data, in both languages. */
function noticeText(operator: Operator | null, account: NoticeAccount): OwnerNotice {
  const inLocale = (locale: 'ko' | 'en') => {
    const who = { operator: operator?.name ?? m.owner_notice_self({}, { locale }) }
    const notice = account === 'owner' ? m.owner_notice : m.owner_notice_staff
    const contact =
      operator?.contact == null ? [] : [m.owner_notice_contact({ contact: operator.contact }, { locale })]
    return [notice(who, { locale }), ...contact].join(' ')
  }
  return { ko: inLocale('ko'), en: inLocale('en') }
}

const hashOf = ({ ko, en }: OwnerNotice): string => contentVersion(JSON.stringify([ko, en]))

/** What recognises the notice of now; its form posts it. */
export const noticeHash = (operator: Operator | null, account: NoticeAccount): string =>
  hashOf(noticeText(operator, account))

/**
 * The version of the notice that a form showed, by the hash that it posted; without one, of the notice of now.
 * Undefined where the notice has changed since: then it has to be shown again.
 */
export async function shownNoticeVersion(
  executor: Executor,
  {
    operator,
    account,
    hash,
  }: { operator: Operator | null; account: NoticeAccount; hash: string | undefined },
): Promise<number | undefined> {
  const text = noticeText(operator, account)
  if (hash !== undefined && hash !== hashOf(text)) return undefined
  return storeOwnerNotice(executor, text)
}
