import { beforeEach, describe, expect, test } from 'vitest'
import { readNoticeReports } from '../src/notices/read-reports.ts'
import { remindWinners } from '../src/notices/remind-winners.ts'
import { claimableEvent, pickUp } from './support/claims.ts'
import { openHours, startNotices } from './support/notices.ts'
import { drawnEvent } from './support/withdrawals.ts'

const {
  api,
  solapi,
  sent,
  startSender,
  sendDue,
  states,
  callers: { owner },
} = await startNotices()

beforeEach(() => {
  solapi.accepted.length = 0
})

describe('problems', () => {
  test('a wrong number is shown as such, and repeated only by a press', async () => {
    const { event, winnerOf } = await drawnEvent(api, owner, { winnerCount: 2, alternateCount: 0 })
    const wrong = winnerOf(1).phoneNumber.replaceAll('-', '')
    solapi.rejectNumber(wrong, '3010')
    await owner.notices.send({ eventId: event.id, locale: 'ko' })
    await sendDue()
    await sendDue()
    expect(await states(event.id)).toEqual({ sent: 1, failed: 1 })
    const { notices } = await owner.notices.list({ eventId: event.id })
    expect(notices.find(({ state }) => state === 'failed')?.problem).toBe('wrong-number')
    solapi.rejectNumber(wrong, '2000')
    expect(await owner.notices.repeat({ eventId: event.id })).toEqual({ queued: 1 })
    expect(await owner.notices.repeat({ eventId: event.id })).toEqual({ queued: 0 })
    await sendDue()
    expect(await states(event.id)).toEqual({ sent: 2 })
    expect(sent(winnerOf(2).phoneNumber)).toHaveLength(1)
  })

  test.each(['accept-and-drop', 'accept-and-fail'] as const)(
    'where the provider accepts and its response is lost (%s), the notice is unknown and never repeated by itself',
    async (behaviour) => {
      const { event, winnerOf } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
      await owner.notices.send({ eventId: event.id, locale: 'ko' })
      solapi.behave(behaviour)
      await sendDue()
      expect(await states(event.id)).toEqual({ unknown: 1 })
      for (const inSeconds of [60, 3_600]) await sendDue(openHours(inSeconds))
      expect(await states(event.id)).toEqual({ unknown: 1 })
      expect(sent(winnerOf(1).phoneNumber)).toHaveLength(1)
      const { notices } = await owner.notices.list({ eventId: event.id })
      const noticeId = notices.find(({ state }) => state === 'unknown')?.id ?? ''
      expect(await owner.notices.repeat({ eventId: event.id, noticeId })).toEqual({ queued: 1 })
      await sendDue(openHours(7_200))
      expect(sent(winnerOf(1).phoneNumber)).toHaveLength(2)
    },
  )

  test('a provider that is away, or limits the rate, gets nothing until the pause is over, and nothing twice', async () => {
    const { event, winnerOf } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
    await owner.notices.send({ eventId: event.id, locale: 'ko' })
    solapi.behave('unavailable', 'limit', 'unavailable')
    const run = startSender()
    const won = async () =>
      (await owner.notices.list({ eventId: event.id })).notices.filter(({ kind }) => kind === 'won')
    for (const inSeconds of [2, 60, 120]) {
      const now = openHours(inSeconds)
      const before = solapi.requests()
      await run(now)
      expect(await won()).toMatchObject([{ state: 'waiting', problem: 'unreachable' }])
      await run(new Date(now.getTime() + 500))
      expect(solapi.requests() - before, 'requests of two runs within a second').toBe(1)
    }
    await run(openHours(600))
    expect(await states(event.id)).toEqual({ sent: 1 })
    expect(sent(winnerOf(1).phoneNumber)).toHaveLength(1)
  })

  test('a number that the phone network rejects later fails then', async () => {
    const { event, winnerOf } = await drawnEvent(api, owner, { winnerCount: 2, alternateCount: 0 })
    await owner.notices.send({ eventId: event.id, locale: 'ko' })
    await sendDue(openHours(20_000))
    const [first, second] = [1, 2].map((rank) => sent(winnerOf(rank).phoneNumber)[0]?.messageId ?? '')
    solapi.report(first ?? '', '4000')
    solapi.report(second ?? '', '3032')
    const run = { now: new Date(Date.now() + 7 * 86_400_000), signal: new AbortController().signal }
    await readNoticeReports(api.dependencies, run)
    expect(await states(event.id)).toEqual({ sent: 1, failed: 1 })
    const { notices } = await owner.notices.list({ eventId: event.id })
    expect(notices.find(({ state }) => state === 'failed')?.problem).toBe('wrong-number')
  })
})

describe('confirmations', () => {
  test('who was told and has not confirmed is reminded once, within two days of the end', async () => {
    const { event, drawLogId } = await drawnEvent(api, owner, { winnerCount: 2, alternateCount: 0 })
    await owner.notices.send({ eventId: event.id, locale: 'ko' })
    await sendDue()
    await api.sql`update draw_winners set claimed_at = now() where draw_log_id = ${drawLogId} and draw_rank = 1`
    const remindedAfter = async (days: number) => {
      await remindWinners(api.dependencies, { now: new Date(Date.now() + days * 86_400_000) })
      return states(event.id, 'two-days-left')
    }
    expect(await remindedAfter(10.9)).toEqual({})
    expect(await remindedAfter(11.1)).toEqual({ waiting: 1 })
    expect(await remindedAfter(12)).toEqual({ waiting: 1 })
    await sendDue(openHours(12 * 86_400))
    expect(solapi.accepted.at(-1)?.text).toContain('경품을 받으시려면')
  })

  test('who was not told is not reminded, and neither is anybody after the end', async () => {
    const untold = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
    const late = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
    await owner.notices.send({ eventId: late.event.id, locale: 'ko' })
    await sendDue()
    const now = new Date(Date.now() + 13.5 * 86_400_000)
    await remindWinners(api.dependencies, { now })
    for (const { event } of [untold, late]) expect(await states(event.id, 'two-days-left')).toEqual({})
  })

  test.each([
    ['confirms', 'set claimed_at = now()', 11.1],
    ['gets the prize', 'set handed_over_at = now()', 11.1],
    ['can no longer confirm', 'set selected_at = selected_at', 14],
  ])('who %s while the reminder waits gets none', async (_, change, sentAfterDays) => {
    const { event, drawLogId } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
    await owner.notices.send({ eventId: event.id, locale: 'ko' })
    await sendDue()
    await remindWinners(api.dependencies, { now: new Date(Date.now() + 11.1 * 86_400_000) })
    expect(await states(event.id, 'two-days-left')).toEqual({ waiting: 1 })
    await api.sql.unsafe(`update draw_winners ${change} where draw_log_id = $1`, [drawLogId])
    await sendDue(openHours(sentAfterDays * 86_400))
    expect(await states(event.id, 'two-days-left')).toEqual({ cancelled: 1 })
  })

  test('who confirms gets one confirmation, however often the details change', async () => {
    const { prove } = await claimableEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
    const proved = await prove()
    const details = await pickUp(api, proved)
    for (let n = 0; n < 2; n += 1) await api.anonymous.claims.confirm({ ...proved, details })
    await sendDue()
    expect(solapi.accepted.map(({ text }) => text)).toEqual([
      expect.stringContaining('경품 수령 확인을 받았어요'),
    ])
  })
})
