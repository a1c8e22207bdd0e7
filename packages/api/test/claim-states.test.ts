import { deleteOldClaims } from '@eungmo/db/queries/claims'
import { describe, expect, test } from 'vitest'
import { destroyDue } from '../src/destruction/destroy-due.ts'
import { DAY_MS } from '../src/seoul-time.ts'
import { announceDaysAgo } from './support/age-event.ts'
import { claimableEvent, pickUp } from './support/claims.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { startTwoShops } from './support/two-shops.ts'
import { withdraw } from './support/withdrawals.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops()
const { claims } = api.anonymous
const claimsOf = (eventId: string) => api.sql`select * from claims where event_id = ${eventId}`

describe('a claim page that is open', () => {
  test('while the shop draws again shows that the prize went to somebody else', async () => {
    const { drawLogId, token, prove } = await claimableEvent(api, owner)
    const proved = await prove()
    const details = await pickUp(api, proved)
    await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'ineligible' })
    for (const call of [() => claims.own(proved), () => claims.confirm({ ...proved, details })])
      await expectApiError(call(), 'CONFLICT', { reason: 'claim-closed' })
    await expectApiError(claims.decline(proved), 'CONFLICT', { reason: 'claim-closed' })
    await expectApiError(claims.withdraw(proved), 'CONFLICT', { reason: 'claim-closed' })
    expect(await claims.page({ token })).toMatchObject({ state: 'withdrawn' })
  })

  test('while the winner withdraws elsewhere leads to nobody', async () => {
    const { event, winner, prove } = await claimableEvent(api, owner)
    const proved = await prove()
    const details = await pickUp(api, proved)
    await claims.confirm({ ...proved, details })
    await withdraw(api, event.id, winner, winner.receipt)
    await expectApiError(claims.confirm({ ...proved, details }), 'NOT_FOUND')
    expect(await claimsOf(event.id)).toHaveLength(0)
  })

  test('while its personal data is destroyed leads to nobody', async () => {
    const { event, prove } = await claimableEvent(api, owner)
    const proved = await prove()
    const details = await pickUp(api, proved)
    await claims.confirm({ ...proved, details })
    await destroyDue(api.dependencies, { now: new Date(Date.now() + 90 * DAY_MS) })
    await expectApiError(claims.confirm({ ...proved, details }), 'NOT_FOUND')
    await expectApiError(claims.page({ token: proved.token }), 'NOT_FOUND')
    expect(await claimsOf(event.id)).toHaveLength(0)
  })

  test('of an event that the operator pauses shows the reason, and takes nothing', async () => {
    const { event, token, prove } = await claimableEvent(api, owner)
    const proved = await prove()
    const details = await pickUp(api, proved)
    await api.sql`update events set paused_at = now(), pause_reason = '확인 중' where id = ${event.id}`
    expect(await claims.page({ token })).toMatchObject({ state: 'paused', paused: { reason: '확인 중' } })
    await expectApiError(claims.confirm({ ...proved, details }), 'CONFLICT')
    await expectApiError(claims.decline(proved), 'CONFLICT')
  })

  test('before the announcement, and after the claim period, takes nothing', async () => {
    const { event, token, prove } = await claimableEvent(api, owner, { claimDays: 3 })
    const proved = await prove()
    const details = await pickUp(api, proved)
    await announceDaysAgo(api, event.id, -1)
    expect(await claims.page({ token })).toMatchObject({ state: 'waiting' })
    await expectApiError(claims.confirm({ ...proved, details }), 'CONFLICT')
    await announceDaysAgo(api, event.id, 3)
    expect(await claims.page({ token })).toMatchObject({ state: 'expired' })
    await expectApiError(claims.confirm({ ...proved, details }), 'CONFLICT')
  })

  test('after the claim period still shows what was confirmed within it, unchangeable', async () => {
    const { event, prove } = await claimableEvent(api, owner, { claimDays: 3 })
    const proved = await prove()
    const details = await pickUp(api, proved)
    await claims.confirm({ ...proved, details })
    await announceDaysAgo(api, event.id, 4)
    expect(await claims.own(proved)).toMatchObject({ state: 'open', mayChange: false, days: [], details })
    await expectApiError(claims.confirm({ ...proved, details }), 'CONFLICT')
  })

  test('after the hand-over says so, and what was entered goes 30 days later', async () => {
    const { event, token, prove } = await claimableEvent(api, owner)
    const proved = await prove()
    const details = await pickUp(api, proved)
    await claims.confirm({ ...proved, details })
    await api.sql`update draw_winners set handed_over_at = now() where event_id = ${event.id} and slot = 1`
    expect(await claims.page({ token })).toMatchObject({ state: 'handed-over' })
    await expectApiError(claims.confirm({ ...proved, details }), 'CONFLICT')
    await expectApiError(claims.decline(proved), 'CONFLICT')
    await deleteOldClaims(api.dependencies.db, { now: new Date(Date.now() + 30 * DAY_MS - 60_000) })
    expect(await claimsOf(event.id)).toHaveLength(1)
    await deleteOldClaims(api.dependencies.db, { now: new Date(Date.now() + 30 * DAY_MS + 60_000) })
    expect(await claimsOf(event.id)).toHaveLength(0)
  })
})
