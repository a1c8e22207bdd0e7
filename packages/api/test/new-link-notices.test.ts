import { beforeEach, describe, expect, test } from 'vitest'
import { expectApiError } from './support/expect-api-error.ts'
import { startNotices } from './support/notices.ts'
import { drawnEvent } from './support/withdrawals.ts'

const {
  api,
  solapi,
  sent,
  sendDue,
  states,
  callers: { owner },
} = await startNotices()

beforeEach(() => {
  solapi.accepted.length = 0
})

describe('a new link', () => {
  test('is sent once for each press, in place of what was sent, and to a winner who got nothing yet', async () => {
    const { event, drawLogId, winnerOf } = await drawnEvent(api, owner, { winnerCount: 2, alternateCount: 0 })
    const renew = (drawRank: number) => owner.claims.renewLink({ drawLogId, drawRank, locale: 'ko' })
    await renew(1)
    await sendDue()
    expect(sent(winnerOf(1).phoneNumber)).toHaveLength(1)
    expect(sent(winnerOf(2).phoneNumber)).toHaveLength(0)
    await owner.notices.send({ eventId: event.id, locale: 'ko' })
    await sendDue()
    expect(await states(event.id)).toEqual({ sent: 2 })
    expect(await renew(1)).toMatchObject({ text: null, sendsAt: expect.any(String) })
    expect(await states(event.id)).toEqual({ sent: 1, waiting: 1 })
    await sendDue()
    await sendDue()
    const links = sent(winnerOf(1).phoneNumber).map(({ text }) => text.match(/\/c\/[\w-]{32}/)?.[0])
    expect(links).toHaveLength(2)
    expect(new Set(links).size).toBe(2)
    expect(sent(winnerOf(2).phoneNumber)).toHaveLength(1)
    expect(await states(event.id)).toEqual({ sent: 2 })
  })

  test('waits while the notice with the link before is being sent: a winner gets one message, or two that were meant', async () => {
    const { event, drawLogId, winnerOf } = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
    const renew = () => owner.claims.renewLink({ drawLogId, drawRank: 1, locale: 'ko' })
    const version = async () =>
      (await api.sql`select link_version from draw_winners where draw_log_id = ${drawLogId}`)[0]?.link_version
    await owner.notices.send({ eventId: event.id, locale: 'ko' })
    const before = await version()
    let pressed: Promise<unknown> | undefined
    solapi.whenAccepted(async () => {
      pressed = expectApiError(renew(), 'CONFLICT', { reason: 'notice-being-sent' })
      await pressed
    })
    await sendDue()
    solapi.whenAccepted(() => undefined)
    expect(pressed).toBeDefined()
    // Nothing was changed: the link in the message works.
    expect(await version()).toBe(before)
    await sendDue()
    expect(sent(winnerOf(1).phoneNumber)).toHaveLength(1)
    await renew()
    await sendDue()
    expect(sent(winnerOf(1).phoneNumber)).toHaveLength(2)
  })

  test('is sent five times a day at most, and what was rejected is not counted', async () => {
    const { drawLogId, winnerOf } = await drawnEvent(api, owner, { winnerCount: 2, alternateCount: 0 })
    const renew = (drawRank: number) => owner.claims.renewLink({ drawLogId, drawRank, locale: 'ko' })
    await api.sql`update draw_winners set handed_over_at = now() where draw_log_id = ${drawLogId} and draw_rank = 1`
    for (let n = 0; n < 6; n++) await expectApiError(renew(1), 'CONFLICT', { reason: 'prize-handed-over' })
    await api.sql`update draw_winners set handed_over_at = null where draw_log_id = ${drawLogId} and draw_rank = 1`
    for (let n = 0; n < 5; n++) await renew(1)
    await expectApiError(renew(1), 'RATE_LIMITED', { retryAfter: 86_400 })
    await renew(2)
    await sendDue()
    expect(sent(winnerOf(1).phoneNumber)).toHaveLength(1)
    await api.sql`update attempt_budgets set available_at = now(), expires_at = now()`
    await renew(1)
  })
})
