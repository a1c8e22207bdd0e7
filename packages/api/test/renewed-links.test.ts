import { expect, test } from 'vitest'
import { claimableEvent, pickUp } from './support/claims.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner, staff, stranger },
} = await startTwoShops()
const { claims } = api.anonymous

/** The token in a notice with a claim link. */
const tokenIn = (text: string | null): string => text?.match(/\/c\/([\w-]{32})/)?.[1] ?? ''

test('a new link works, and every earlier one says that a new one was sent and changes nothing', async () => {
  const { drawLogId, token, winner, prove } = await claimableEvent(api, owner)
  const input = { drawLogId, drawRank: 1, locale: 'ko' } as const
  const proved = await prove()
  const details = await pickUp(api, proved)
  const first = await owner.claims.renewLink(input)
  const second = await owner.claims.renewLink(input)
  expect(first.sendsAt).toBeNull()
  expect(first.text).toContain('밤 식빵 세트')
  for (const earlier of [token, tokenIn(first.text)])
    expect(await claims.page({ token: earlier })).toMatchObject({ state: 'outdated' })
  for (const call of [() => claims.own(proved), () => claims.confirm({ ...proved, details })])
    await expectApiError(call(), 'CONFLICT', { reason: 'claim-closed' })

  const newest = tokenIn(second.text)
  expect(new Set([token, tokenIn(first.text), newest]).size).toBe(3)
  // What was proved for an earlier link opens no other.
  await expectApiError(claims.own({ ...proved, token: newest }), 'VALIDATION_FAILED')
  const { proof } = await claims.prove({ token: newest, lastDigits: winner.phoneNumber.slice(-4) })
  expect(await claims.confirm({ token: newest, proof, details })).toMatchObject({
    claimedAt: expect.any(String),
  })
})

test('a new link keeps what the winner has confirmed, and the QR code of an earlier one hands nothing over', async () => {
  const { drawLogId, winner, prove } = await claimableEvent(api, owner)
  const proved = await prove()
  const details = await pickUp(api, proved)
  await claims.confirm({ ...proved, details })
  const { handOverUrl } = await claims.own(proved)
  const { text } = await owner.claims.renewLink({ drawLogId, drawRank: 1, locale: 'en' })
  expect(text).toContain('Congratulations')
  const token = tokenIn(text)
  const { proof } = await claims.prove({ token, lastDigits: winner.phoneNumber.slice(-4) })
  const own = await claims.own({ token, proof })
  expect(own).toMatchObject({ state: 'open', details })
  const qrToken = (url: string | null) => url?.split('/').at(-1) ?? ''
  expect(await staff.handOver.byLink({ token: qrToken(handOverUrl) })).toMatchObject({ state: 'outdated' })
  expect(await staff.handOver.byLink({ token: qrToken(own.handOverUrl) })).toMatchObject({ state: 'ready' })
})

test('only owners of the shop send a new link, and only to a winner who waits for the prize', async () => {
  const { event, drawLogId, token } = await claimableEvent(api, owner)
  const input = { drawLogId, drawRank: 1, locale: 'ko' } as const
  await expectApiError(api.anonymous.claims.renewLink(input), 'UNAUTHENTICATED')
  await expectApiError(staff.claims.renewLink(input), 'FORBIDDEN')
  await expectApiError(stranger.claims.renewLink(input), 'NOT_FOUND')
  await expectApiError(owner.claims.renewLink({ ...input, drawLogId: Bun.randomUUIDv7() }), 'NOT_FOUND')
  // An alternate.
  await expectApiError(owner.claims.renewLink({ ...input, drawRank: 3 }), 'NOT_FOUND')
  await api.sql`update events set paused_at = now(), pause_reason = '확인 중' where id = ${event.id}`
  await expectApiError(owner.claims.renewLink(input), 'EVENT_PAUSED')
  await api.sql`update events set paused_at = null, pause_reason = null where id = ${event.id}`
  await api.sql`update draw_winners set handed_over_at = now() where draw_log_id = ${drawLogId} and draw_rank = 2`
  await expectApiError(owner.claims.renewLink({ ...input, drawRank: 2 }), 'CONFLICT', {
    reason: 'prize-handed-over',
  })
  expect(await claims.page({ token })).toMatchObject({ state: 'open' })
  await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined' })
  await expectApiError(owner.claims.renewLink(input), 'CONFLICT', { reason: 'winner-withdrawn' })
})
