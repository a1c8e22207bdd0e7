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
        return { claimed, notices, unreadable: [] }
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

/** What nodemailer adds to an error: the command of the dialogue, and the server's response to it. */
function smtpError(error: unknown): { code: unknown; command: unknown; responseCode: unknown } {
  const { code, command, responseCode } = Object(error)
  return { code, command, responseCode }
}

const isRejectedForGood = (error: unknown): boolean => {
  const { code, responseCode } = smtpError(error)
  return (
    (code === 'EENVELOPE' || code === 'EMESSAGE') &&
    typeof responseCode === 'number' &&
    responseCode >= FIRST_PERMANENT_CODE
  )
}

/** Whether the server has certainly not taken the message: it said so, or the dialogue never came to the message. */
function wasNeverSent(error: unknown): boolean {
  const { code, command, responseCode } = smtpError(error)
  return (
    typeof responseCode === 'number' ||
    code === 'EDNS' ||
    code === 'EAUTH' ||
    (typeof command === 'string' && command !== 'DATA')
  )
}
