import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { createMailer, type Mailer } from '../src/mail/mailer.ts'
import { createNoticeSender } from '../src/notices/send-due-notices.ts'
import { repeatNotices } from '../src/notices/send-notices.ts'
import { openHours, startNotices } from './support/notices.ts'
import { drawnEvent } from './support/withdrawals.ts'

const {
  api,
  mailServer,
  states,
  members,
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
  ['closes', (socket: Socket) => socket.end()],
  ['resets', (socket: Socket) => socket.resetAndDestroy()],
])('a server that %s the connection after the message gets it once', async (_, hangUp) => {
  const eventId = await drawn()
  await using server = await startServerWithoutResponse(hangUp)
  const mailer = createMailer({ smtpUrl: server.url, from: 'no-reply@example.kr', log })
  await sendWith(mailer)
  await sendWith(mailer, 60)
  await mailer.close()
  expect(await states(eventId, 'draw-summary')).toEqual({ unknown: 1 })
  expect(server.received()).toBe(1)
})

test('an installation that sends mail alone repeats a summary by a press', async () => {
  const eventId = await drawn()
  await sendWith({ send: () => Promise.reject(new Error('connection lost')) })
  expect(await states(eventId, 'draw-summary')).toEqual({ unknown: 1 })
  const notifier = { phone: null, mail: { send: async () => undefined } }
  const viewer = { ...members.owner, clientAddress: '127.0.0.1' }
  expect(await repeatNotices({ ...api.dependencies, notifier }, viewer, { eventId })).toEqual({ queued: 1 })
  await sendWith(notifier.mail, 60)
  expect(await states(eventId, 'draw-summary')).toEqual({ sent: 1 })
})

/** A mail server that takes whole messages, and does to the connection what `hangUp` does in place of a response. */
async function startServerWithoutResponse(hangUp: (socket: Socket) => void) {
  let received = 0
  const server = createServer((socket) => {
    let isMessage = false
    // The client may write to a connection that `hangUp` has reset.
    socket.on('error', () => undefined)
    socket.write('220 test\r\n')
    socket.on('data', (chunk) => {
      const text = chunk.toString()
      if (isMessage) {
        if (!text.endsWith('\r\n.\r\n')) return
        received += 1
        hangUp(socket)
        return
      }
      for (const command of text.split('\r\n').filter(Boolean)) {
        isMessage = command === 'DATA'
        socket.write(isMessage ? '354 go on\r\n' : '250 ok\r\n')
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    received: () => received,
    [Symbol.asyncDispose]: async () => void (await promisify(server.close.bind(server))()),
  }
}

test.each([
  ['rejects the receiver', { code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }, 'failed'],
  ['defers the receiver', { code: 'EENVELOPE', responseCode: 451, command: 'RCPT TO' }, 'waiting'],
  ['rejects the password', { code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' }, 'waiting'],
  ['does not encrypt', { code: 'ETLS', command: 'STARTTLS' }, 'waiting'],
  ['does not greet', { code: 'ETIMEDOUT', command: 'CONN', timeoutType: 'GREETING_TIMEOUT' }, 'waiting'],
  ['is silent after the message', { code: 'ETIMEDOUT', command: 'CONN' }, 'unknown'],
])('where the server %s, the summary is stored as such', async (_, error, state) => {
  const eventId = await drawn()
  await sendWith({ send: () => Promise.reject(Object.assign(new Error('smtp'), error)) })
  expect(await states(eventId, 'draw-summary')).toEqual({ [state]: 1 })
})
