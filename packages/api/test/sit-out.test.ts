import { describe, expect, test } from 'vitest'
import { drawDue } from '../src/draws/draw-due.ts'
import { linesOfAccess } from './support/access-lines.ts'
import { announceDaysAgo } from './support/age-event.ts'
import { verifiedDraw } from './support/draws.ts'
import { createEarlierEvent, createLaterEvent, withReason } from './support/earlier-winners.ts'
import { expectApiError } from './support/expect-api-error.ts'
import { inHours } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const { api } = await startTwoShops()

/** A shop of its own, since earlier events of a shop count in every later one. */
async function startShop() {
  const members = await api.createShop()
  return { api, members, owner: api.as(members.owner) }
}

const shopIn = linesOfAccess(api.sql)

describe('earlier winners', () => {
  test('take no part in a later draw of their shop, with 0 tickets and reason 2, and the draw verifies', async () => {
    const shop = await startShop()
    const earlier = await createEarlierEvent(shop, { winnerCount: 2, entrants: 4 })
    const later = await createLaterEvent(shop)
    const { reasons, drawLogId } = await later.draw()
    expect(withReason(reasons, 2)).toEqual(earlier.winners.toSorted())
    expect(withReason(reasons, 0)).toHaveLength(4)
    const { entries, verification } = await verifiedDraw(api, drawLogId)
    expect(entries).toHaveLength(6)
    expect(verification).toMatchObject({
      warnings: expect.arrayContaining([
        {
          code: 'exclusions',
          message: 'entries excluded before the lock: earlier winner 2',
          exclusions: [{ reason: 2, count: 2 }],
        },
      ]),
    })
    await announceDaysAgo(api, later.id, 0)
    const page = await api.anonymous.winners.public({ slug: later.slug })
    expect(page).toMatchObject({ state: 'announced', earlierWinners: 2 })
  })

  test('of several events are all left out, and one who won twice once', async () => {
    const shop = await startShop()
    // Both are drawn before either is announced, so that one number wins in both.
    const earlier = [
      await createEarlierEvent(shop, { winnerCount: 2, announcedDaysAgo: -2 }),
      await createEarlierEvent(shop, { winnerCount: 2, from: 1, announcedDaysAgo: -2 }),
    ]
    for (const [days, { id }] of earlier.entries()) await announceDaysAgo(api, id, 1 + 40 * days)
    const later = await createLaterEvent(shop)
    expect(await shop.owner.draws.preview({ eventId: later.id })).toMatchObject({
      earlierWinners: 3,
      eligible: 3,
      tickets: 3,
    })
    const { reasons } = await later.draw()
    expect(withReason(reasons, 2)).toHaveLength(3)
  })

  test.each([
    ['the later event has no such rule', { earlier: 3, later: 0 }],
    ['the earlier event did not say so', { earlier: 0, later: 3 }],
    ['the later period is over', { earlier: 3, later: 1, daysAgo: 32 }],
    ['the earlier period is over', { earlier: 1, later: 3, daysAgo: 32 }],
  ])('take part where %s', async (_, { earlier, later, daysAgo = 1 }: Record<string, number>) => {
    const shop = await startShop()
    await createEarlierEvent(shop, { sitOutMonths: earlier ?? 0, announcedDaysAgo: daysAgo })
    const event = await createLaterEvent(shop, { sitOutMonths: later ?? 0 })
    const preview = await shop.owner.draws.preview({ eventId: event.id })
    expect(preview).toMatchObject({ earlierWinners: 0, eligible: 6 })
    expect(withReason((await event.draw()).reasons, 2)).toEqual([])
  })

  test('take part in the draws of another shop', async () => {
    await createEarlierEvent(await startShop())
    const later = await createLaterEvent(await startShop())
    expect(withReason((await later.draw()).reasons, 2)).toEqual([])
  })

  test('who are not announced yet take part: their exclusion would announce them', async () => {
    const shop = await startShop()
    await createEarlierEvent(shop, { announcedDaysAgo: -1 })
    const later = await createLaterEvent(shop)
    expect(withReason((await later.draw()).reasons, 2)).toEqual([])
  })

  test('are those who hold a place: a withdrawn one takes part, and who moved up does not', async () => {
    const shop = await startShop()
    const earlier = await createEarlierEvent(shop, { winnerCount: 1, alternateCount: 1, entrants: 2 })
    const [withdrawn] = earlier.winners
    const { drawLogId } = earlier
    await shop.owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined' })
    const later = await createLaterEvent(shop, { entrants: 2 })
    const { reasons } = await later.draw()
    expect(withReason(reasons, 2)).toHaveLength(1)
    expect(withReason(reasons, 2)).not.toContain(withdrawn)
  })

  test('whose data was destroyed take part', async () => {
    const shop = await startShop()
    const earlier = await createEarlierEvent(shop, { winnerCount: 2 })
    await api.sql`update participants set phone_number = null, name = null, phone_index = null
      where event_id = ${earlier.id} and id = (select participant_id from draw_winners
        where event_id = ${earlier.id} and slot = 1)`
    const later = await createLaterEvent(shop)
    expect(withReason((await later.draw()).reasons, 2)).toEqual([earlier.winners[1]])
  })

  test('whose number does not open are left out, and the draw goes through', async () => {
    const shop = await startShop()
    const earlier = await createEarlierEvent(shop, { winnerCount: 2 })
    await api.sql`update participants set phone_number = set_byte(phone_number, 30, 1 + get_byte(phone_number, 30) % 255)
      where event_id = ${earlier.id} and id = (select participant_id from draw_winners
        where event_id = ${earlier.id} and slot = 1)`
    const later = await createLaterEvent(shop)
    expect(withReason((await later.draw()).reasons, 2)).toEqual([earlier.winners[1]])
  })

  test('leave too few entries: 422 with what is left, and nothing is stored', async () => {
    const shop = await startShop()
    await createEarlierEvent(shop, { winnerCount: 2 })
    const later = await createLaterEvent(shop, { entrants: 2 })
    const lines = await shopIn(() =>
      expectApiError(later.draw(), 'NOT_ENOUGH_ENTRIES', { entries: 0, requested: 1 }),
    )
    expect(lines).toEqual([])
    const rows =
      await api.sql`select 1 from participants where event_id = ${later.id} and exclusion_reason <> 0`
    expect(rows).toEqual([])
  })
})

test('an entry that is excluded already keeps its reason', async () => {
  const shop = await startShop()
  const earlier = await createEarlierEvent(shop, { winnerCount: 2 })
  const later = await createLaterEvent(shop)
  const [first] = later.entered
  await api.sql`update participants set exclusion_reason = 3
    where event_id = ${later.id} and application_number = ${first?.applicationNumber ?? ''}`
  const { reasons } = await later.draw()
  expect(withReason(reasons, 3)).toEqual([first?.phoneNumber])
  expect(withReason(reasons, 2)).toEqual(earlier.winners.filter((phone) => phone !== first?.phoneNumber))
})

test('a redraw draws from the same list: who sat out still does', async () => {
  const shop = await startShop()
  await createEarlierEvent(shop, { winnerCount: 2 })
  const later = await createLaterEvent(shop, { entrants: 4 })
  const first = await later.draw()
  const redrawn = await shop.owner.draws.redraw({
    drawLogId: first.drawLogId,
    ranks: [1],
    reason: 'declined',
  })
  const reasons = await later.reasons(redrawn.drawLogId)
  expect(reasons).toEqual(first.reasons)
  await verifiedDraw(api, redrawn.drawLogId)
})

test('a draw by itself leaves earlier winners out too, and the log names the clock', async () => {
  const shop = await startShop()
  const earlier = await createEarlierEvent(shop, { winnerCount: 2 })
  const later = await createLaterEvent(shop, { drawsAutomatically: true })
  await shop.owner.events.update({ eventId: later.id, endsAt: inHours(-1 / 30) })
  const lines = await shopIn(() => drawDue(api.dependencies))
  expect(lines).toMatchObject([
    { action: 'compare-winners', event_id: earlier.id, people: 2, actor_kind: 'schedule', actor_id: null },
    { action: 'draw', event_id: later.id, actor_kind: 'schedule' },
  ])
  const [log] = await shop.owner.draws.logs({ eventId: later.id })
  expect(withReason(await later.reasons(log?.drawLogId ?? ''), 2)).toEqual(earlier.winners.toSorted())
})

test('each comparison is a line of the access log that names the earlier event and its winners', async () => {
  const shop = await startShop()
  const [one, other] = [
    await createEarlierEvent(shop, { winnerCount: 2 }),
    await createEarlierEvent(shop, { winnerCount: 1, from: 10, announcedDaysAgo: 20 }),
  ]
  await createEarlierEvent(shop, { from: 20, announcedDaysAgo: 100 })
  const later = await createLaterEvent(shop)
  const expected = [
    { action: 'compare-winners', event_id: one.id, people: 2, subject_id: null, actor_kind: 'user' },
    { action: 'compare-winners', event_id: other.id, people: 1, subject_id: null, actor_kind: 'user' },
  ]
  const byEvent = (lines: { event_id: string | null }[]) =>
    lines.toSorted(
      (a, b) => [one.id, other.id].indexOf(a.event_id ?? '') - [one.id, other.id].indexOf(b.event_id ?? ''),
    )
  const ofPreview = await shopIn(() => shop.owner.draws.preview({ eventId: later.id }))
  expect(byEvent(ofPreview)).toMatchObject(expected)
  const ofDraw = await shopIn(() => later.draw())
  expect(byEvent(ofDraw.filter(({ action }) => action === 'compare-winners'))).toMatchObject(expected)
  expect(ofDraw.filter(({ action }) => action === 'draw')).toHaveLength(1)
})

test('the entrant learns the reason once drawn, by number and phone', async () => {
  const shop = await startShop()
  await createEarlierEvent(shop, { winnerCount: 1, entrants: 1 })
  const later = await createLaterEvent(shop, { entrants: 3 })
  await later.draw()
  const [sitting] = later.entered
  const check = await api.anonymous.participations.selfCheck({
    eventId: later.id,
    applicationNumber: sitting?.applicationNumber ?? '',
    phoneNumber: sitting?.phoneNumber ?? '',
  })
  expect(check).toMatchObject({ exclusionReason: 2, tickets: 0 })
})
