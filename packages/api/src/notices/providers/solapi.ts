import type { PhoneNoticeKind } from '@eungmo/db/queries/notices'
import type { Logger } from '@eungmo/messaging/logging/logger'
import { z } from 'zod'
import { noticeText, noticeVariables } from '../notice-texts.ts'
import type { NoticeOutcome, PhoneNotice, PhoneProvider, PriceClass } from '../notifier.ts'
import { eucKrLength, toEucKrText } from './euc-kr.ts'
import { isAccepted, problemOf, reportOf } from './solapi-codes.ts'
import { isRejected, requestSolapi, type SolapiAccount } from './solapi-request.ts'

export interface SolapiOptions extends SolapiAccount {
  /** A number that is registered as a sender at solapi, digits only. */
  sender: string
  /** The id of the Kakao channel (pfId) and the ids of its approved templates; none: text messages only. */
  alimtalk?: { channel: string; templates: Partial<Record<PhoneNoticeKind, string>> } | undefined
  log: Pick<Logger, 'warn'>
}

const MAX_SMS_BYTES = 90
/** solapi takes 10,000; fewer bound the memory, and what one unknown outcome concerns. */
const MAX_PER_CALL = 100
const KOREA = '82'

const statusOf = z.object({
  statusCode: z.string(),
  messageId: z.string(),
  customFields: z.object({ notice: z.string() }),
})
const sendResponse = z.object({
  failedMessageList: z.array(statusOf),
  messageList: z.array(statusOf),
})
const listResponse = z.object({ messageList: z.record(z.string(), z.object({ statusCode: z.string() })) })

/**
 * Text messages and Alimtalk through solapi's HTTP API (developers.solapi.com). Its own SDK is not used: it fixes
 * the address, and repeats a request whose connection was reset up to three times, so that a message could be
 * sent twice.
 */
export function createSolapi({ sender, alimtalk, log, ...account }: SolapiOptions): PhoneProvider {
  /** Templates are registered in Korean. */
  const templateOf = ({ kind, locale }: Pick<PhoneNotice, 'kind' | 'locale'>) =>
    locale === 'ko' ? alimtalk?.templates[kind] : undefined

  function priceClassOf(notice: Pick<PhoneNotice, 'kind' | 'locale' | 'facts'>): PriceClass {
    if (templateOf(notice)) return 'alimtalk'
    const text = toEucKrText(noticeText(notice.kind, notice.locale, notice.facts))
    return eucKrLength(text) <= MAX_SMS_BYTES ? 'sms' : 'lms'
  }

  function toMessage(notice: PhoneNotice): Record<string, unknown> {
    const text = noticeText(notice.kind, notice.locale, notice.facts)
    const templateId = templateOf(notice)
    const common = {
      to: notice.phoneNumber.replaceAll('-', ''),
      from: sender,
      country: KOREA,
      customFields: { notice: notice.id },
    }
    if (templateId === undefined || alimtalk === undefined)
      return { ...common, type: priceClassOf(notice).toUpperCase(), text: toEucKrText(text) }
    const variables = noticeVariables(notice.facts)
    return { ...common, type: 'ATA', text, kakaoOptions: { pfId: alimtalk.channel, templateId, variables } }
  }

  return {
    vendor: 'SOLAPI',
    maxPerCall: MAX_PER_CALL,
    priceClassOf,
    async send(notices) {
      const body = { messages: notices.map(toMessage), showMessageList: true }
      try {
        const response = await requestSolapi(account, '/messages/v4/send-many/detail', { body })
        return outcomes(sendResponse.parse(response))
      } catch (error) {
        if (!isRejected(error)) throw error
        log.warn({ part: 'notices', err: error }, 'solapi rejected messages')
        return notices.map(({ id }) => ({ id, state: 'failed', problem: 'rejected' }))
      }
    },
    async readReports(providerMessageIds, signal) {
      const query = new URLSearchParams({ limit: String(providerMessageIds.length) })
      for (const [at, id] of providerMessageIds.entries()) query.set(`messageIds[${at}]`, id)
      const response = await requestSolapi(account, `/messages/v4/list?${query}`, { signal })
      const { messageList } = listResponse.parse(response)
      return new Map(Object.entries(messageList).map(([id, { statusCode }]) => [id, reportOf(statusCode)]))
    },
  }
}

function outcomes({ failedMessageList, messageList }: z.output<typeof sendResponse>): NoticeOutcome[] {
  return [...failedMessageList, ...messageList].map(({ statusCode, messageId, customFields: { notice } }) =>
    isAccepted(statusCode)
      ? { id: notice, state: 'sent', providerMessageId: messageId }
      : { id: notice, state: 'failed', problem: problemOf(statusCode) },
  )
}
