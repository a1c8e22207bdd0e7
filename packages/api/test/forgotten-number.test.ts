import { recordStatements } from '@eungmo/db/testing/recorded-statements'
import { beforeEach, describe, expect, test } from 'vitest'
import { MAX_NUMBERS_PER_SHOP_DAY } from '../src/participations/request-number.ts'
import { createCaller } from '../src/router.ts'
import { announceDaysAgo } from './support/age-event.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { forgetfulEntrants } from './support/forgotten-number.ts'
import { startNotices } from './support/notices.ts'
import { drawnEvent, withdraw } from './support/withdrawals.ts'

const notices = await startNotices()
const { api, solapi, sent, states, startSender, callers } = notices
const { owner, staff } = callers
const { request, enterEvent, deliver, pass } = forgetfulEntrants(notices)

const UNKNOWN = '010-9999-0001'
const KIND = 'application-number'

beforeEach(async () => {
  solapi.accepted.length = 0
  // The tests' entries have the same phone numbers.
  await pass('1 day')
})

describe('an application number that was forgotten', () => {
  test('goes to the phone of the entry, once, with who sends it, what to do unasked, and no number but its own', async () => {
    const { event, first, entries } = await enterEvent(2)
    await request(event.id, first.phoneNumber)
    await deliver()
    await deliver()
    const [message, ...more] = sent(first.phoneNumber)
    expect(more).toEqual([])
    expect(solapi.accepted).toHaveLength(1)
    expect(message?.text).toContain(`[링고베이커리] '${event.title}' 응모 번호: ${first.applicationNumber}`)
    expect(message?.text).toContain('요청하지 않으셨다면 무시해 주세요')
    expect(message?.text).toContain('묻지 않아요')
    expect(message?.text).toContain(`https://eungmo.example/e/${event.slug}/not-me/`)
    expect(message?.text).not.toContain(entries[1]?.applicationNumber)
    expect(message?.text).not.toContain(first.phoneNumber.slice(-4))
    expect(await states(event.id, KIND)).toEqual({ sent: 1 })
  })

  test('is sent at any hour, in the language of who requested it', async () => {
    const { event, first } = await enterEvent()
    const context = api.contextOf(undefined, { locale: 'en', clientAddress: '10.9.0.1' })
    await createCaller(context).participations.requestNumber({
      eventId: event.id,
      phoneNumber: first.phoneNumber,
    })
    await deliver()
    expect(sent(first.phoneNumber)[0]?.text).toContain(`Your application number in "${event.title}"`)
  })

  test('is opened with a line in the access log, and stands in one’s own data before the announcement too', async () => {
    const { event, first } = await enterEvent()
    await request(event.id, first.phoneNumber)
    await deliver()
    const lines = await api.sql`select actor_kind, people, client_address from access_log
      where event_id = ${event.id} and action = 'send-notices'`
    expect(lines).toEqual([{ actor_kind: 'schedule', people: 1, client_address: '' }])
    const { applicationNumber, phoneNumber } = first
    const own = await api.anonymous.participations.ownData({
      eventId: event.id,
      applicationNumber,
      phoneNumber,
    })
    expect(own.notices).toMatchObject([{ kind: KIND, state: 'sent' }])
  })

  test('is neither among the winners’ notices nor repeated by an owner; the shop sees how many were sent', async () => {
    const { event, entries, winnerOf } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
    const loser = entries.find(({ applicationNumber }) => applicationNumber !== winnerOf(1).applicationNumber)
    for (const phoneNumber of [winnerOf(1).phoneNumber, loser?.phoneNumber ?? ''])
      await request(event.id, phoneNumber)
    solapi.behave('accept-and-drop')
    await deliver()
    expect(await states(event.id, KIND)).toEqual({ unknown: 2 })
    expect(await owner.notices.repeat({ eventId: event.id })).toEqual({ queued: 0 })
    await pass('11 minutes')
    await request(event.id, loser?.phoneNumber ?? '')
    await deliver()
    const shown = await staff.notices.list({ eventId: event.id })
    expect(shown.notices.filter(({ participantId }) => participantId !== null)).toEqual([])
    expect(shown.applicationNumbers).toEqual({ sent: 1, notSent: 2 })
  })

  test('is not sent where this installation sends no messages', async () => {
    const { event, first } = await enterEvent()
    const dependencies = { ...api.dependencies, notifier: { phone: null, mail: null } }
    const customer = createCaller(api.contextOf(undefined, { dependencies }))
    await expectApiError(
      customer.participations.requestNumber({ eventId: event.id, phoneNumber: first.phoneNumber }),
      'CONFLICT',
      { reason: 'number-not-sent' },
    )
  })
})

describe('a stranger who requests numbers', () => {
  test('gets one response by the same statements for every phone number', async () => {
    const { event, entries, first } = await enterEvent(3)
    const [, withdrawn, destroyed] = entries
    if (!withdrawn || !destroyed) throw new Error('too few entries')
    await withdraw(api, event.id, withdrawn)
    await api.sql`update participants set phone_number = null, phone_index = null, application_number = null
      where event_id = ${event.id} and application_number = ${destroyed.applicationNumber}`
    let address = 0
    const trace = async (phoneNumber: string) => {
      const { db, statements } = recordStatements(api.sql)
      const dependencies = { ...api.dependencies, db }
      const context = api.contextOf(undefined, { dependencies, clientAddress: `10.8.0.${++address}` })
      const response = await createCaller(context).participations.requestNumber({
        eventId: event.id,
        phoneNumber,
      })
      return { response, statements }
    }
    const known = await trace(first.phoneNumber)
    expect(known.statements.length).toBeGreaterThan(6)
    expect(await trace(UNKNOWN), 'unknown').toEqual(known)
    expect(await trace(withdrawn.phoneNumber), 'withdrawn').toEqual(known)
    expect(await trace(destroyed.phoneNumber), 'destroyed').toEqual(known)
    expect(await trace(first.phoneNumber), 'too often').toEqual(known)
    expect(await trace(UNKNOWN), 'unknown, too often').toEqual(known)
    await deliver()
    expect(solapi.accepted).toHaveLength(1)
    await announceDaysAgo(api, event.id, 5)
    await pass('1 day')
    expect(await trace(first.phoneNumber), 'ended').toEqual(known)
    await deliver()
    expect(solapi.accepted).toHaveLength(2)
  })

  test('causes one message in ten minutes and three a day per phone number and event, however many at once', async () => {
    const { event, first } = await enterEvent()
    const tries = async () => {
      await Promise.all(Array.from({ length: 5 }, () => request(event.id, first.phoneNumber)))
      await deliver()
      return sent(first.phoneNumber).length
    }
    expect(await tries()).toBe(1)
    await pass('9 minutes 50 seconds')
    expect(await tries()).toBe(1)
    await pass('11 seconds')
    expect(await tries()).toBe(2)
    await pass('10 minutes')
    expect(await tries()).toBe(3)
    for (let hours = 0; hours < 22; hours += 2) {
      await pass('2 hours')
      expect(await tries(), `${hours + 2} hours later`).toBe(3)
    }
    await pass('2 hours')
    expect(await tries()).toBe(4)
  })

  test('causes six messages a day per phone number at most, in however many events', async () => {
    const events = []
    for (let n = 0; n < 7; n++) events.push(await enterEvent())
    const [{ first } = { first: { phoneNumber: '' } }] = events
    const responses = []
    for (const { event } of events) responses.push(await request(event.id, first.phoneNumber))
    await deliver()
    expect(sent(first.phoneNumber)).toHaveLength(6)
    expect(new Set(responses.map(({ message }) => message)).size).toBe(1)
    await pass('1 day')
    await request(events.at(-1)?.event.id ?? '', first.phoneNumber)
    await deliver()
    expect(sent(first.phoneNumber)).toHaveLength(7)
  })

  test('gets 429 for the 21st request of an address within an hour, whatever the numbers', async () => {
    const { event } = await enterEvent()
    const from = (n: number) => request(event.id, `010-9998-${String(1_000 + n)}`, '10.7.0.1')
    for (let n = 0; n < 20; n++) await from(n)
    await expectApiError(from(20), 'RATE_LIMITED', { retryAfter: 3_600 })
    await request(event.id, '010-9998-0001', '10.7.0.2')
    await pass('1 hour')
    await from(21)
  })

  test('does not cost a shop more than its messages of a day', async () => {
    const { event, first } = await enterEvent()
    const [participant] = await api.sql`select id from participants where event_id = ${event.id}`
    await api.sql`delete from notices where kind = ${KIND}`
    await api.sql`insert into notices (id, event_id, participant_id, kind, locale, state)
      select gen_random_uuid(), ${event.id}, ${participant?.id}, ${KIND}, 'ko', 'sent'
      from generate_series(1, ${MAX_NUMBERS_PER_SHOP_DAY})`
    const response = await request(event.id, first.phoneNumber)
    const other = await enterEvent()
    expect(await request(other.event.id, other.first.phoneNumber)).toEqual(response)
    await deliver()
    expect(solapi.accepted).toEqual([])
    await pass('1 day')
    await request(event.id, first.phoneNumber)
    await deliver()
    expect(solapi.accepted).toHaveLength(1)
  })
})

describe('a provider that is away', () => {
  test('gets the message when it is back, once, and not after half an hour', async () => {
    const { event, entries, first } = await enterEvent(2)
    await request(event.id, first.phoneNumber)
    const send = startSender()
    const at = (seconds: number) => send(new Date(Date.now() + seconds * 1_000))
    solapi.behave('unavailable')
    await at(2)
    expect(await states(event.id, KIND)).toEqual({ waiting: 1 })
    await at(10)
    await at(20)
    expect(sent(first.phoneNumber)).toHaveLength(1)

    const late = entries[1]?.phoneNumber ?? ''
    await request(event.id, late)
    await api.sql`update notices set created_at = created_at - interval '31 minutes'
      where event_id = ${event.id} and state = 'waiting'`
    await at(30)
    expect(sent(late)).toEqual([])
    expect(await states(event.id, KIND)).toEqual({ sent: 1, cancelled: 1 })
  })

  test('never gets a message for an entry that was withdrawn meanwhile', async () => {
    const { event, first } = await enterEvent()
    await request(event.id, first.phoneNumber)
    await withdraw(api, event.id, first)
    await deliver()
    expect(solapi.accepted).toEqual([])
    expect(await states(event.id, KIND)).toEqual({})
  })

  test('gets each message once from two processes that send at the same time', async () => {
    const { event, entries } = await enterEvent(6)
    for (const { phoneNumber } of entries) await request(event.id, phoneNumber)
    await Promise.all([deliver(), deliver()])
    expect(solapi.accepted.map(({ to }) => to).toSorted()).toEqual(
      entries.map(({ phoneNumber }) => phoneNumber.replaceAll('-', '')).toSorted(),
    )
  })
})
