import { claimNotices } from '@eungmo/db/queries/notice-queue'
import { listSummaryFacts } from '@eungmo/db/queries/notice-summaries'
import type { Mail, Mailer } from '../mail/mailer.ts'
import type { ClaimedBatch, NoticeChannel, SenderDependencies } from './notice-channel.ts'
import { NOTICE_TEXT_VERSION } from './notice-texts.ts'
import { NotAccepted } from './notifier.ts'
import { summaryMail } from './summary-mail.ts'

interface MailNotice {
  id: string
  mail: Mail
}

/** One per call, so that the outcome of each is known. */
const MAX_PER_CALL = 1
const FIRST_PERMANENT_CODE = 500

/** Summaries of draws to owners, by e-mail. */
export function createMailChannel(
  { db, publicUrl }: SenderDependencies,
  mailer: Pick<Mailer, 'send'>,
): NoticeChannel<MailNotice> {
  return {
    kinds: ['draw-summary'],
    maxPerCall: MAX_PER_CALL,
    opensAt: () => null,
    claim: (group, { now, limit }) =>
      db.transaction(async (tx): Promise<ClaimedBatch<MailNotice>> => {
        const claimed = await claimNotices(tx, { ...group, now, limit, textVersion: NOTICE_TEXT_VERSION })
        const facts = await listSummaryFacts(tx, { noticeIds: claimed.map(({ id }) => id) })
        const notices = facts.map((fact) => ({ id: fact.noticeId, mail: summaryMail(fact, publicUrl) }))
        return { claimed, notices, unreadable: [], outdated: [] }
      }),
    send: (notices) =>
      Promise.all(
        notices.map(async ({ id, mail }) => {
          try {
            await mailer.send(mail)
            return { id, state: 'sent' } as const
          } catch (error) {
            if (isRejectedForGood(error)) return { id, state: 'failed', problem: 'rejected' } as const
            throw wasNeverSent(error) ? new NotAccepted('unreachable', { cause: error }) : error
          }
        }),
      ),
  }
}

/** What nodemailer adds to an error: the command of the dialogue, the server's response, and the system's code. */
function smtpError(
  error: unknown,
): Record<'code' | 'command' | 'responseCode' | 'originalCode' | 'timeoutType', unknown> {
  const { code, command, responseCode, originalCode, timeoutType } = Object(error)
  return { code, command, responseCode, originalCode, timeoutType }
}

const isRejectedForGood = (error: unknown): boolean => {
  const { code, responseCode } = smtpError(error)
  return (
    (code === 'EENVELOPE' || code === 'EMESSAGE') &&
    typeof responseCode === 'number' &&
    responseCode >= FIRST_PERMANENT_CODE
  )
}

/** Codes of errors that happen before a message is sent. */
const EARLY = new Set<unknown>(['EDNS', 'EAUTH', 'ETLS'])
/** The system's codes for a connection that was not opened. */
const UNOPENED = new Set<unknown>(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])
const EARLY_TIMEOUTS = new Set<unknown>(['CONNECT_TIMEOUT', 'GREETING_TIMEOUT'])
/** `CONN` stands for every connection that was lost: also after the whole message, and before the response to it. */
const LATE_COMMANDS = new Set(['DATA', 'CONN'])

/** Whether the server has certainly not taken the message: it said so, or the dialogue never came to the message. */
function wasNeverSent(error: unknown): boolean {
  const { code, command, responseCode, originalCode, timeoutType } = smtpError(error)
  return (
    typeof responseCode === 'number' ||
    EARLY.has(code) ||
    UNOPENED.has(originalCode) ||
    EARLY_TIMEOUTS.has(timeoutType) ||
    (typeof command === 'string' && !LATE_COMMANDS.has(command))
  )
}
