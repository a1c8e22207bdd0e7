import type { Logger } from '@eungmo/messaging/logging/logger'
import { createTransport } from 'nodemailer'

/** A message as text and as simple HTML. */
export interface Mail {
  to: string
  subject: string
  text: string
  html: string
}

export interface Mailer {
  /** Resolves when the server has accepted the message; rejects when it does not within some seconds. */
  send(mail: Mail): Promise<void>
  /**
   * Sends in the background, so that neither the duration nor the response of a request tells whether there was
   * something to send. A message that cannot be sent is logged, and is lost.
   */
  post(mail: Mail): void
  /** Resolves when everything posted so far was sent, or could not be. */
  settled(): Promise<void>
  /** As `settled`, and closes the connections. */
  close(): Promise<void>
}

export interface MailerOptions {
  /** SMTP_URL: `smtp://user:password@host:587`, or smtps. With `?tls=off` also without encryption. */
  smtpUrl: string
  /** MAIL_FROM: an address, or `Name <address>`. */
  from: string
  log: Pick<Logger, 'error'>
}

const TIMEOUT_MS = 10_000
const MAX_CONNECTIONS = 2
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/
const DEFAULT_PORTS = { encrypted: 465, upgraded: 587 }

/** A mailer over SMTP. Messages hold links that sign in, so it rejects an unencrypted way to another machine. */
export function createMailer({ smtpUrl, from, log }: MailerOptions): Mailer {
  const { protocol, hostname, port, username, password, searchParams } = new URL(smtpUrl)
  const secure = protocol === 'smtps:'
  const mayBePlain = LOOPBACK.test(hostname) || searchParams.get('tls') === 'off'
  const transport = createTransport({
    pool: true,
    maxConnections: MAX_CONNECTIONS,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? DEFAULT_PORTS.encrypted : DEFAULT_PORTS.upgraded),
    secure,
    requireTLS: !secure && !mayBePlain,
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const posted = new Set<Promise<void>>()

  async function send(mail: Mail): Promise<void> {
    await transport.sendMail({ from, ...mail })
  }
  const settled = async () => void (await Promise.all(posted))
  return {
    send,
    post(mail) {
      // Address and subject name people, and stay out of the log.
      const sending = send(mail)
        .catch((err: unknown) => log.error({ part: 'mail', err }, 'a message could not be sent'))
        .finally(() => posted.delete(sending))
      posted.add(sending)
    },
    settled,
    async close() {
      await settled()
      transport.close()
    },
  }
}
