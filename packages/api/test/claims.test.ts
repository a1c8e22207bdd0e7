import { describe, expect, test } from 'vitest'
import { linesOfAccess } from './support/access-lines.ts'
import { claimableEvent, claimTokens, delivery, pickUp } from './support/claims.ts'
import { verifiedDraw } from './support/draws.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { startTwoShops } from './support/two-shops.ts'
import { withdraw } from './support/withdrawals.ts'

const {
  api,
  callers: { owner, staff, stranger },
} = await startTwoShops()
const { claims } = api.anonymous
const claimsOf = (eventId: string) => api.sql`select * from claims where event_id = ${eventId}`

describe('a claim link alone', () => {
  test('shows the shop and the state, and nothing of the winner or the prize', async () => {
    const { event, winner, token } = await claimableEvent(api, owner)
    const page = await claims.page({ token })
    expect(page).toMatchObject({ state: 'open', slug: event.slug, shopName: '링고베이커리' })
    const text = JSON.stringify(page)
    for (const secret of [winner.applicationNumber, winner.phoneNumber.slice(-4), '김하늘', '밤 식빵'])
      expect(text).not.toContain(secret)
    for (const proof of ['', 'x', `${Date.now() + 60_000}.${'A'.repeat(43)}`])
      for (const call of [claims.own, claims.decline, claims.withdraw])
        await expectApiError(call({ token, proof }), 'VALIDATION_FAILED', {
          fields: [{ field: 'proof', code: 'proof.claim_expired' }],
        })
    expect(await claims.page({ token })).toMatchObject({ state: 'open' })
  })

  test('opens with the last four digits only; the proof of one link opens no other', async () => {
    const { event, prove } = await claimableEvent(api, owner)
    const proved = await prove()
    expect(await claims.own(proved)).toMatchObject({ prize: '밤 식빵 세트', claimedAt: null, details: null })
    const [, other = ''] = await claimTokens(api, event.id)
    await expectApiError(claims.own({ ...proved, token: other }), 'VALIDATION_FAILED')
  })

  test('wrong, malformed and exhausted attempts get the same response, and count for this winner alone', async () => {
    const { event, winner, token, prove } = await claimableEvent(api, owner)
    const digits = winner.phoneNumber.slice(-4)
    const wrong = digits === '0000' ? '0001' : '0000'
    const errors = []
    for (const lastDigits of [wrong, '', 'abcd', `${digits}0`, winner.phoneNumber, digits])
      errors.push(await expectApiError(claims.prove({ token, lastDigits }), 'NOT_FOUND'))
    expect(new Set(errors.map(({ details }) => JSON.stringify(details))).size).toBe(1)
    const [, other = ''] = await claimTokens(api, event.id)
    await expectApiError(claims.prove({ token: other, lastDigits: 'abcd' }), 'NOT_FOUND')
    await api.sql`delete from attempt_budgets`
    await prove()
    // A right one costs nothing.
    for (let n = 0; n < 8; n += 1) await prove()
  })

  test('the prizes of one phone number in several events have one budget for its digits', async () => {
    const everybody = { winnerCount: 6, alternateCount: 0 }
    const [one, two] = [
      await claimableEvent(api, owner, everybody),
      await claimableEvent(api, owner, everybody),
    ]
    await api.sql`delete from attempt_budgets`
    const digits = one.winner.phoneNumber.slice(-4)
    const slot = two.winners.findIndex(({ phoneNumber }) => String(phoneNumber) === one.winner.phoneNumber)
    const tokens = await claimTokens(api, two.event.id)
    const prove = (token = '', lastDigits = digits) => claims.prove({ token, lastDigits })
    for (let n = 0; n < 5; n++) await expectApiError(prove(one.token, 'abcd'), 'NOT_FOUND')
    await expectApiError(prove(tokens[slot]), 'NOT_FOUND')
    const another = two.winners[slot === 0 ? 1 : 0]
    await prove(tokens[slot === 0 ? 1 : 0], String(another?.phoneNumber).slice(-4))
    await api.sql`delete from attempt_budgets`
  })

  test('that leads to nobody gets 404 whatever is sent with it', async () => {
    const proved = { token: 'A'.repeat(32), proof: 'x' }
    await expectApiError(claims.page({ token: proved.token }), 'NOT_FOUND')
    await expectApiError(claims.prove({ token: proved.token, lastDigits: '1234' }), 'NOT_FOUND')
    await expectApiError(claims.own(proved), 'NOT_FOUND')
    await expectApiError(claims.decline(proved), 'NOT_FOUND')
    await expectApiError(claims.withdraw(proved), 'NOT_FOUND')
    await expectApiError(claims.confirm({ ...proved, details: delivery }), 'NOT_FOUND')
  })
})

describe('confirming', () => {
  test('stores a day sealed, can be changed, and keeps the time of the first confirmation', async () => {
    const { event, winner, prove } = await claimableEvent(api, owner)
    const proved = await prove()
    const { days, claimUntil } = await claims.own(proved)
    expect(days).toHaveLength(14)
    const first = await claims.confirm({ ...proved, details: { kind: 'pick-up', day: days[0] ?? '' } })
    const again = await claims.confirm({ ...proved, details: { kind: 'pick-up', day: days[3] ?? '' } })
    expect(again).toEqual(first)
    expect(await claims.own(proved)).toMatchObject({
      claimedAt: first.claimedAt,
      claimUntil,
      details: { kind: 'pick-up', day: days[3] },
      applicationNumber: winner.applicationNumber,
      handOverUrl: expect.stringMatching(/\/h\/[\w-]{32}$/),
    })
    const [row] = await claimsOf(event.id)
    expect(row?.details.length).toBeGreaterThan(256)
    expect(Buffer.from(row?.details).toString('latin1')).not.toContain(days[3])
  })

  test('of a delivered prize takes an address, and every field has its error', async () => {
    const { prove } = await claimableEvent(api, owner, { isDelivered: true })
    const proved = await prove()
    expect(await claims.own(proved)).toMatchObject({ isDelivered: true, days: [] })
    for (const [field, wrong] of [
      ['details.recipient', { recipient: '김' }],
      ['details.postcode', { postcode: '1234' }],
      ['details.postcode', { postcode: '04027 ' }],
      ['details.address', { address: '서울' }],
      ['details.addressDetail', { addressDetail: '가'.repeat(101) }],
    ] as const) {
      const details = { ...delivery, ...wrong }
      const error = await expectApiError(claims.confirm({ ...proved, details }), 'VALIDATION_FAILED')
      expect(error.details.fields?.map((each) => each.field)).toEqual([field])
    }
    const details = { ...delivery, recipient: '남궁 황보제갈', addressDetail: '' }
    await claims.confirm({ ...proved, details })
    expect((await claims.own(proved)).details).toEqual(details)
  })

  test('needs what the prize needs, on a day that can be chosen', async () => {
    const { event, prove } = await claimableEvent(api, owner)
    const proved = await prove()
    await expectApiError(claims.confirm({ ...proved, details: delivery }), 'VALIDATION_FAILED', {
      fields: [{ field: 'details.kind', code: 'claim.kind' }],
    })
    for (const day of ['2020-01-01', '2999-01-01'])
      await expectApiError(
        claims.confirm({ ...proved, details: { kind: 'pick-up', day } }),
        'VALIDATION_FAILED',
        {
          fields: [{ field: 'details.day', code: 'day.unavailable' }],
        },
      )
    expect(await claimsOf(event.id)).toHaveLength(0)
  })

  test('and reading stand in the access log, without an address of the winner', async () => {
    const { event, prove } = await claimableEvent(api, owner)
    const proved = await prove()
    const details = await pickUp(api, proved)
    const lines = await linesOfAccess(api.sql)(async () => {
      await claims.confirm({ ...proved, details })
      await claims.own(proved)
      await claims.decline(proved)
    })
    expect(lines).toMatchObject([
      { action: 'confirm-own-claim', actor_kind: 'entrant', client_address: '', event_id: event.id },
      { action: 'read-own-claim', actor_kind: 'entrant', client_address: '', event_id: event.id },
      { action: 'decline-own-prize', actor_kind: 'entrant', client_address: '', event_id: event.id },
    ])
  })
})

describe('declining', () => {
  test('passes the prize to the next alternate by a record of the chain, once', async () => {
    const { event, drawLogId, token, prove } = await claimableEvent(api, owner)
    const proved = await prove()
    await claims.confirm({ ...proved, details: await pickUp(api, proved) })
    expect(await claims.decline(proved)).toEqual({ alreadyDeclined: false })
    expect(await claims.decline(proved)).toEqual({ alreadyDeclined: true })
    expect(await claimsOf(event.id)).toHaveLength(0)
    const { transcript } = await verifiedDraw(api, drawLogId)
    expect(transcript.records.filter(({ type }) => type === 'withdraw')).toMatchObject([
      { slot: 1, reason: 'declined', filledBy: 3 },
    ])
    expect(await claims.page({ token })).toMatchObject({ state: 'declined' })
    await expectApiError(claims.own(proved), 'CONFLICT', { reason: 'claim-closed' })
    const [next = ''] = await claimTokens(api, event.id)
    expect(next).not.toBe(token)
    expect(await claims.page({ token: next })).toMatchObject({ state: 'open' })
  })

  test('without an alternate leaves the place empty, for the owner to draw again', async () => {
    const { drawLogId, prove } = await claimableEvent(api, owner, { winnerCount: 1, alternateCount: 0 })
    await claims.decline(await prove())
    expect((await owner.draws.get({ drawLogId })).winners).toEqual([])
    await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined' })
    await verifiedDraw(api, drawLogId)
  })
})

test('the claim link is the second proof with which a winner withdraws, and everything is destroyed', async () => {
  const { event, winner, token, prove } = await claimableEvent(api, owner)
  const proved = await prove()
  await claims.confirm({ ...proved, details: await pickUp(api, proved) })
  await expectApiError(withdraw(api, event.id, winner), 'VALIDATION_FAILED')
  expect(await claims.withdraw(proved)).toMatchObject({ alreadyWithdrawn: false })
  await expectApiError(claims.withdraw(proved), 'NOT_FOUND')
  await expectApiError(claims.page({ token }), 'NOT_FOUND')
  expect(await claimsOf(event.id)).toHaveLength(0)
  const [row] = await api.sql`select p.name, w.standing, w.withdraw_reason as reason from draw_winners w
    join participants p on p.event_id = w.event_id and p.id = w.participant_id
    where w.event_id = ${event.id} and w.slot = 1 and w.draw_rank = 1`
  expect(row).toEqual({ name: null, standing: 'withdrawn', reason: 'withdrawn' })
})

test('a winner who never entered says so, which withdraws the entry with a line in the access log', async () => {
  const { event, prove } = await claimableEvent(api, owner)
  const proved = await prove()
  const lines = await linesOfAccess(api.sql)(() => claims.withdraw({ ...proved, isNotMine: true }))
  expect(lines).toMatchObject([{ action: 'disown-entry', actor_kind: 'entrant', event_id: event.id }])
  await expectApiError(claims.withdraw({ ...proved, isNotMine: true }), 'NOT_FOUND')
  const holders =
    await api.sql`select standing from draw_winners where event_id = ${event.id} order by draw_rank`
  expect(holders.map(({ standing }) => standing)).toEqual(['withdrawn', 'selected', 'selected'])
})

test('the owner sees what was entered, with a line in the access log; staff and other shops do not', async () => {
  const { event, drawLogId, prove } = await claimableEvent(api, owner, { isDelivered: true })
  const winner = { eventId: event.id, drawLogId, drawRank: 1 }
  await expectApiError(owner.claims.reveal(winner), 'NOT_FOUND')
  await claims.confirm({ ...(await prove()), details: delivery })
  const lines = await linesOfAccess(api.sql)(async () => {
    expect(await owner.claims.reveal(winner)).toEqual({ details: delivery })
  })
  expect(lines).toMatchObject([
    { action: 'reveal-claim', actor_role: 'owner', event_id: event.id, people: 1 },
  ])
  await expectApiError(staff.claims.reveal(winner), 'FORBIDDEN')
  await expectApiError(stranger.claims.reveal(winner), 'NOT_FOUND')
  await expectApiError(owner.claims.reveal({ ...winner, drawRank: 2 }), 'NOT_FOUND')
})

test('number and phone number, which others may know, return no receipt of a winner after the announcement', async () => {
  const { event, entries, winner, winners } = await claimableEvent(api, owner)
  const { participations } = api.anonymous
  const won = new Set(winners.map(({ applicationNumber }) => applicationNumber))
  for (const { applicationNumber, phoneNumber } of entries) {
    const known = { eventId: event.id, applicationNumber, phoneNumber }
    const { receipt } = await participations.selfCheck(known)
    const again = await participations.receipt(known)
    expect([receipt === null, again === null]).toEqual([
      won.has(applicationNumber),
      won.has(applicationNumber),
    ])
  }
  const held = { eventId: event.id, receipt: { ...winner.receipt }, phoneNumber: winner.phoneNumber }
  expect((await participations.selfCheck(held)).receipt).toEqual(winner.receipt)
})
