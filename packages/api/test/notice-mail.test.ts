import { expect, test } from 'vitest'
import { createMailer, type Mailer } from '../src/mail/mailer.ts'
import { createNoticeSender } from '../src/notices/send-due-notices.ts'
import { openHours, startNotices } from './support/notices.ts'
import { drawnEvent } from './support/withdrawals.ts'

const {
  api,
  mailServer,
  states,
  callers: { owner },
} = await startNotices()

const log = { error: () => undefined }
const signal = new AbortController().signal

/** Runs the job with another way out for mail. */
async function sendWith(mail: Pick<Mailer, 'send'>, seconds = 2): Promise<void> {
  const notifier = { phone: null, mail }
  await createNoticeSender({ ...api.dependencies, notifier })({ now: openHours(seconds), signal })
}

const drawn = async () => (await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 0 })).event.id

test('a mail server that cannot be reached gets the summary later, once', async () => {
  const eventId = await drawn()
  const away = createMailer({ smtpUrl: 'smtp://127.0.0.1:1', from: 'no-reply@example.kr', log })
  await sendWith(away)
  await away.close()
  expect(await states(eventId, 'draw-summary')).toEqual({ waiting: 1 })
  const back = createMailer({ smtpUrl: mailServer.url, from: 'no-reply@example.kr', log })
  await sendWith(back, 60)
  await sendWith(back, 120)
  await back.close()
  expect(await states(eventId, 'draw-summary')).toEqual({ sent: 1 })
  expect(mailServer.received.filter(({ html }) => html?.includes(eventId))).toHaveLength(1)
})

test.each([
  ['rejects the receiver', { code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }, 'failed'],
  ['defers the receiver', { code: 'EENVELOPE', responseCode: 451, command: 'RCPT TO' }, 'waiting'],
  ['rejects the password', { code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' }, 'waiting'],
  ['closes the connection within the message', { code: 'ESOCKET', command: 'DATA' }, 'unknown'],
  ['is silent after the message', { code: 'ETIMEDOUT', command: 'DATA' }, 'unknown'],
])('where the server %s, the summary is stored as such', async (_, error, state) => {
  const eventId = await drawn()
  await sendWith({ send: () => Promise.reject(Object.assign(new Error('smtp'), error)) })
  expect(await states(eventId, 'draw-summary')).toEqual({ [state]: 1 })
})
