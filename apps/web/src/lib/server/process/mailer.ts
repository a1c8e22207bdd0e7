import { createMailer, type Mailer } from '@eungmo/api/mail/mailer'
import { MAIL_FROM, SMTP_URL } from '$app/env/private'
import { logger } from './logger.ts'
import { onShutdown } from './shutdown.ts'

let created: Mailer | undefined

/** Whether this installation sends mail. */
export const sendsMail = (): boolean => SMTP_URL !== undefined

/** The process's mailer, created at the first call; undefined without SMTP_URL. */
export function mailer(): Mailer | undefined {
  if (created || SMTP_URL === undefined || MAIL_FROM === undefined) return created
  created = createMailer({ smtpUrl: SMTP_URL, from: MAIL_FROM, log: logger })
  onShutdown(created.close)
  return created
}
