import { beforeEach, describe, expect, test } from 'vitest'
import { expectApiError } from './support/expect-api-error.ts'
import { openHours, startNotices } from './support/notices.ts'
import { drawnEvent, withdraw } from './support/withdrawals.ts'

const {
  api,
  members,
  solapi,
  mailServer,
  sent,
  sendDue,
  states,
  callers: { owner, staff, stranger },
} = await startNotices()

beforeEach(() => {
  solapi.accepted.length = 0
})

describe('sending', () => {
  test('each winner gets one text with shop, event, prize, deadline and claim link, whatever is pressed', async () => {
    const { event, winnerOf } = await drawnEvent(api, owner, { winnerCount: 2, alternateCount: 1 })
    const before = await owner.notices.list({ eventId: event.id })
    expect(before).toMatchObject({ isSent: true, startedAt: null, receivers: 2 })
    expect(before.preview.map(({ locale, priceClass }) => [locale, priceClass])).toEqual([
      ['ko', 'lms'],
      ['en', 'lms'],
    ])
    const presses = await Promise.all(
      [1, 2, 3].map(() => owner.notices.send({ eventId: event.id, locale: 'ko' })),
    )
    expect(presses.map(({ queued }) => queued).toSorted()).toEqual([0, 0, 2])
    await sendDue()
    await sendDue()

    for (const rank of [1, 2]) {
      const [message, ...more] = sent(winnerOf(rank).phoneNumber)
      expect(more).toEqual([])
      expect(message).toMatchObject({ type: 'LMS', from: '021234567' })
      expect(message?.text).toContain('[링고베이커리]')
      expect(message?.text).toContain(event.title)
      expect(message?.text).toMatch(/https:\/\/eungmo\.example\/c\/[\w-]{32}/)
      expect(message?.text).toContain('참여하신 이벤트의 당첨 안내예요')
      expect(message?.text).not.toContain(winnerOf(rank).phoneNumber.slice(-9))
      expect(message?.text).not.toContain(winnerOf(rank).applicationNumber)
    }
    expect(await states(event.id)).toEqual({ sent: 2 })
    expect(await owner.notices.list({ eventId: event.id })).toMatchObject({ receivers: 0, locale: 'ko' })
    const { notices } = await staff.notices.list({ eventId: event.id })
    expect(notices.filter(({ kind }) => kind === 'won')).toHaveLength(2)
  })

  test('the access log names the press, and every batch whose numbers were opened', async () => {
    const { event } = await drawnEvent(api, owner, { winnerCount: 2, alternateCount: 0 })
    await owner.notices.send({ eventId: event.id, locale: 'ko' })
    await sendDue()
    const lines = await api.sql`select actor_kind, actor_id, people, client_address from access_log
      where event_id = ${event.id} and action = 'send-notices' order by at`
    expect(lines).toEqual([
      { actor_kind: 'user', actor_id: members.owner.userId, people: 2, client_address: '192.0.2.1' },
      { actor_kind: 'schedule', actor_id: null, people: 2, client_address: '' },
    ])
  })

  test('only owners of the shop send, repeat and read texts, of a drawn event that is not paused', async () => {
    const { event } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
    const input = { eventId: event.id, locale: 'ko' } as const
    await expectApiError(staff.notices.send(input), 'FORBIDDEN')
    await expectApiError(staff.notices.texts(input), 'FORBIDDEN')
    await expectApiError(stranger.notices.send(input), 'NOT_FOUND')
    await expectApiError(stranger.notices.texts(input), 'NOT_FOUND')
    await expectApiError(stranger.notices.repeat({ eventId: event.id }), 'NOT_FOUND')
    await expectApiError(stranger.notices.list({ eventId: event.id }), 'NOT_FOUND')
    await api.sql`update events set paused_at = now(), pause_reason = '확인 중' where id = ${event.id}`
    await expectApiError(owner.notices.send(input), 'EVENT_PAUSED')
    const [text] = await owner.notices.texts(input)
    expect(text?.text).toMatch(/\/c\/[\w-]{32}/)
  })

  test('a notice of a paused event waits', async () => {
    const { event } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
    await owner.notices.send({ eventId: event.id, locale: 'ko' })
    await api.sql`update events set paused_at = now(), pause_reason = '확인 중' where id = ${event.id}`
    await sendDue()
    expect(await states(event.id)).toEqual({ waiting: 1 })
    await api.sql`update events set paused_at = null, pause_reason = null where id = ${event.id}`
    await sendDue()
    expect(await states(event.id)).toEqual({ sent: 1 })
  })

  test('before the announcement a notice waits for it', async () => {
    const { event } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
    await api.sql`update events set announcement_date = now() + interval '3 days' where id = ${event.id}`
    await owner.notices.send({ eventId: event.id, locale: 'ko' })
    await sendDue()
    expect(await states(event.id)).toEqual({ waiting: 1 })
    await sendDue(openHours(4 * 86_400))
    expect(await states(event.id)).toEqual({ sent: 1 })
  })

  test('from 21:00 until 08:00 in Korea a notice waits for the morning', async () => {
    const { event } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
    await owner.notices.send({ eventId: event.id, locale: 'ko' })
    const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10)
    for (const time of ['21:00:00', '23:59:59', '00:00:00', '07:59:59']) {
      await sendDue(new Date(`${day}T${time}+09:00`))
      expect(await states(event.id), time).toEqual({ waiting: 1 })
    }
    await sendDue(new Date(`${day}T08:00:00+09:00`))
    expect(await states(event.id)).toEqual({ sent: 1 })
  })

  test('every owner gets the summary of a draw by mail, once', async () => {
    const { event } = await drawnEvent(api, owner, { winnerCount: 2, alternateCount: 1 })
    await sendDue()
    await sendDue()
    const mails = mailServer.received.filter(({ html }) => html?.includes(event.id))
    expect(mails.map(({ recipients }) => recipients)).toEqual([[`${members.owner.userId}@example.com`]])
    expect(mails[0]?.text).toContain('응모 6건에서 당첨자 2명, 예비 당첨자 1명')
  })
})

test('from the announcement on, winners read in their own data which notices were sent', async () => {
  const { event, winnerOf, entries } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
  const { applicationNumber, phoneNumber } = winnerOf(1)
  const { ownData } = api.anonymous.participations
  const known = { eventId: event.id, applicationNumber, phoneNumber }
  await api.sql`update events set announcement_date = now() + interval '3 days' where id = ${event.id}`
  await owner.notices.send({ eventId: event.id, locale: 'ko' })
  expect(await ownData(known)).toMatchObject({ outcome: 'waiting', notices: [] })
  await api.sql`update events set announcement_date = now() where id = ${event.id}`
  expect((await ownData(known)).notices).toEqual([{ kind: 'won', state: 'waiting', at: expect.any(String) }])
  await api.sql`update notices set due_at = now() where event_id = ${event.id}`
  await sendDue()
  expect((await ownData(known)).notices).toEqual([{ kind: 'won', state: 'sent', at: expect.any(String) }])
  const other = entries.find((entry) => entry.applicationNumber !== applicationNumber)
  const { applicationNumber: number = '', phoneNumber: phone = '' } = other ?? {}
  const theirs = { eventId: event.id, applicationNumber: number, phoneNumber: phone }
  expect((await ownData(theirs)).notices).toEqual([])
})

describe('changes of slots', () => {
  test('an alternate who moves up after the first press gets a notice without another one', async () => {
    const { event, winnerOf, entries, winners } = await drawnEvent(api, owner, {
      winnerCount: 1,
      alternateCount: 1,
    })
    await owner.notices.send({ eventId: event.id, locale: 'en' })
    await sendDue()
    const winner = winnerOf(1)
    await withdraw(api, event.id, winner, winner.receipt)
    await sendDue()
    const promoted = await owner.draws.list({ eventId: event.id })
    const number = promoted[0]?.winners[0]?.applicationNumber
    expect(number).not.toBe(winners[0]?.applicationNumber)
    const alternate = entries.find(({ applicationNumber }) => applicationNumber === number)
    expect(sent(alternate?.phoneNumber ?? '').map(({ text }) => text.slice(0, 30))).toHaveLength(1)
    expect(sent(alternate?.phoneNumber ?? '')[0]?.text).toContain('Congratulations')
    // The withdrawn winner's notice was destroyed with the rest of the data.
    expect(await states(event.id)).toEqual({ sent: 1 })
  })

  test('before the first press nobody who moves up is told', async () => {
    const { event, winnerOf } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 1 })
    const winner = winnerOf(1)
    await withdraw(api, event.id, winner, winner.receipt)
    await sendDue()
    expect(await states(event.id)).toEqual({})
  })

  test('a redraw while a notice waits cancels it, and the new winner gets one', async () => {
    const { event, drawLogId, winnerOf } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 1 })
    await owner.notices.send({ eventId: event.id, locale: 'ko' })
    await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'ineligible' })
    expect(await states(event.id)).toEqual({ cancelled: 1, waiting: 1 })
    await sendDue()
    expect(await states(event.id)).toEqual({ cancelled: 1, sent: 1 })
    expect(sent(winnerOf(1).phoneNumber)).toEqual([])
  })

  test('an event whose data is destroyed while a notice waits sends nothing, and stores no notice', async () => {
    const { event, winnerOf } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
    await owner.notices.send({ eventId: event.id, locale: 'ko' })
    const winner = winnerOf(1)
    await withdraw(api, event.id, winner, winner.receipt)
    await sendDue()
    expect(sent(winner.phoneNumber)).toEqual([])
    expect(await states(event.id)).toEqual({})
  })
})
