import { afterAll } from 'vitest'
import { createMailer } from '../../src/mail/mailer.ts'
import { createSolapi, type SolapiOptions } from '../../src/notices/providers/solapi.ts'
import { afterQuietHours } from '../../src/notices/quiet-hours.ts'
import { createNoticeSender } from '../../src/notices/send-due-notices.ts'
import type { ApiFixture } from './api-fixture.ts'
import { startTestMailServer } from './test-mail-server.ts'
import { startTestSolapi, TEST_ACCOUNT } from './test-solapi.ts'
import { startTwoShops } from './two-shops.ts'

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

export const solapiAt = (url: string, options: Partial<SolapiOptions> = {}) =>
  createSolapi({ url, ...TEST_ACCOUNT, sender: '021234567', log: silent, ...options })

/** From now to the end of the quiet hours that the tests started in; 0 by day. */
const TO_MORNING_MS = afterQuietHours(new Date()).getTime() - Date.now()

/** Some seconds from now, or by night of the next morning's clock: tests pass at every hour, and time goes by. */
export const openHours = (seconds = 2): Date =>
  afterQuietHours(new Date(Date.now() + Math.max(0, TO_MORNING_MS) + seconds * 1_000))

/** Starts the API with two shops, a mail server and a server that speaks solapi's API. */
export async function startNotices() {
  const solapi = await startTestSolapi()
  const mailServer = await startTestMailServer()
  const mailer = createMailer({ smtpUrl: mailServer.url, from: 'no-reply@example.kr', log: silent })
  afterAll(async () => {
    await mailer.close()
    await Promise.all([solapi.stop(), mailServer.stop()])
  })
  const shops = await startTwoShops({ notifier: { phone: solapiAt(solapi.url), mail: mailer } })
  const { api } = shops
  const startSender = () => {
    const send = createNoticeSender(api.dependencies)
    return (now = openHours()) => send({ now, signal: new AbortController().signal })
  }
  return {
    ...shops,
    solapi,
    mailServer,
    /** The job as one process runs it, which remembers the provider's pauses. */
    startSender,
    /** Runs the job once, by day, as a process that has just become the leader. */
    sendDue: (now?: Date) => startSender()(now),
    /** The messages to a number that the provider accepted. */
    sent: (phoneNumber: string) => solapi.accepted.filter(({ to }) => to === phoneNumber.replaceAll('-', '')),
    states: (eventId: string, kind = 'won') => noticeStates(api, eventId, kind),
  }
}

/** How many notices of an event are in which state. */
async function noticeStates(
  { sql }: Pick<ApiFixture, 'sql'>,
  eventId: string,
  kind = 'won',
): Promise<Record<string, number>> {
  const rows = await sql<{ state: string; count: number }[]>`
    select state, count(*)::int as count from notices where event_id = ${eventId} and kind = ${kind} group by state`
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}
