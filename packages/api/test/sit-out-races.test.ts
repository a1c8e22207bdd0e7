import { readStoredWinners } from '@eungmo/db/queries/earlier-winners'
import { expect, test } from 'vitest'
import { destroyDue } from '../src/destruction/destroy-due.ts'
import { indexNumbers } from '../src/personal-data/index-numbers.ts'
import { recordAccess } from '../src/personal-data/record-access.ts'
import { announceDaysAgo } from './support/age-event.ts'
import { verifiedDraw } from './support/draws.ts'
import { createEarlierEvent, createLaterEvent, withReason } from './support/earlier-winners.ts'
import { startTwoShops } from './support/two-shops.ts'

const { api } = await startTwoShops()

async function startShop() {
  const members = await api.createShop()
  return { api, members, owner: api.as(members.owner) }
}

test('a redraw of the earlier event meanwhile: those sit out who held the places at one moment', async () => {
  const shop = await startShop()
  for (let round = 0; round < 4; round++) {
    const earlier = await createEarlierEvent(shop, {
      winnerCount: 2,
      alternateCount: 2,
      entrants: 4,
      from: 100 * round,
    })
    const later = await createLaterEvent(shop, { entrants: 6, from: 100 * round })
    const [redrawn, drawn] = await Promise.all([
      shop.owner.draws.redraw({ drawLogId: earlier.drawLogId, ranks: [1, 2], reason: 'declined' }),
      later.draw(),
    ])
    const after = 'winners' in redrawn ? redrawn.winners.map(({ phoneNumber }) => phoneNumber ?? '') : []
    expect(after).toHaveLength(2)
    const sat = withReason(drawn.reasons, 2)
    expect([earlier.winners.toSorted(), after.toSorted()]).toContainEqual(sat)
    await verifiedDraw(api, drawn.drawLogId)
  }
})

test('winners are read as they are in one moment, whatever happens while they are read', async () => {
  const earlier = await createEarlierEvent(await startShop(), { winnerCount: 3 })
  const read: string[] = []
  await api.dependencies.db.transaction(async (tx) => {
    for await (const part of readStoredWinners(tx, { eventIds: [earlier.id] }, 1)) {
      expect(part).toHaveLength(1)
      read.push(...part.map(({ participantId }) => participantId))
      await api.sql`update participants set phone_number = null where event_id = ${earlier.id}`
      await api.sql`update draw_winners set standing = 'withdrawn', withdrawn_at = now()
        where event_id = ${earlier.id}`
    }
  })
  expect(new Set(read).size).toBe(3)
})

test('a destruction of the earlier event meanwhile stops no draw, and leaves nothing behind', async () => {
  const shop = await startShop()
  const earlier = await createEarlierEvent(shop, { winnerCount: 4 })
  const later = await createLaterEvent(shop)
  await announceDaysAgo(api, earlier.id, 80)
  await api.sql`update consent_texts set winners_until = now() - interval '1 second',
    others_until = now() - interval '1 second' where event_id = ${earlier.id}`
  const [drawn] = await Promise.all([later.draw(), destroyDue(api.dependencies, { now: new Date() })])
  expect([0, 4]).toContain(withReason(drawn.reasons, 2).length)
  await verifiedDraw(api, drawn.drawLogId)
  const stored =
    await api.sql`select 1 from participants where event_id = ${earlier.id} and phone_number is not null`
  expect(stored).toEqual([])
})

test('several events of a shop that lock at once leave the same winners out', async () => {
  const shop = await startShop()
  const earlier = await createEarlierEvent(shop, { winnerCount: 2 })
  const events = await Promise.all([0, 1, 2].map(() => createLaterEvent(shop)))
  const draws = await Promise.all(events.map((event) => event.draw()))
  for (const { reasons } of draws) expect(withReason(reasons, 2)).toEqual(earlier.winners.toSorted())
})

test('nothing that is stored joins the two events', async () => {
  const shop = await startShop()
  const earlier = await createEarlierEvent(shop, { winnerCount: 2 })
  const later = await createLaterEvent(shop)
  await shop.owner.draws.preview({ eventId: later.id })
  await later.draw()
  const ids = async (eventId: string) => {
    const rows = await api.sql<
      { id: string }[]
    >`select id::text from participants where event_id = ${eventId}`
    return [eventId, ...rows.map(({ id }) => id)]
  }
  const [ofEarlier, ofLater] = [await ids(earlier.id), await ids(later.id)]
  const tables = await api.sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'analytics')`
  expect(tables.length).toBeGreaterThan(20)
  for (const { name } of tables) {
    const rows = await api.sql.unsafe<{ row: string }[]>(`select t::text as row from ${name} t`)
    for (const { row } of rows)
      expect([
        name,
        ofEarlier.some((id) => row.includes(id)),
        ofLater.some((id) => row.includes(id)),
      ]).not.toEqual([name, true, true])
  }
  const shared = await api.sql`
    select 1 from participants a join participants b on a.phone_index = b.phone_index or a.entry_id = b.entry_id
    where a.event_id = ${earlier.id} and b.event_id = ${later.id}`
  expect(shared).toEqual([])
})

test('numbers are compared only with a line in the access log for their own event', async () => {
  const shop = await startShop()
  const { db, secrets } = api.dependencies
  const earlier = await createEarlierEvent(shop, { winnerCount: 1 })
  const other = await createEarlierEvent(shop, { winnerCount: 1, from: 10 })
  const [subjects = []] = await db.transaction((tx) =>
    Array.fromAsync(readStoredWinners(tx, { eventIds: [earlier.id] })),
  )
  const actor = shop.members.owner
  const access = { actor, action: 'compare-winners', eventId: earlier.id, people: 1 } as const
  const line = await recordAccess(db, access)
  const ofOther = await recordAccess(db, { ...access, eventId: other.id })
  const compare = (accesses: Parameters<typeof indexNumbers>[1]['accesses']) =>
    indexNumbers(secrets, { accesses, subjects, eventId: other.id, key: secrets.newest })
  const message = 'without a line in the access log'
  expect(() => compare(new Map())).toThrow(message)
  expect(() => compare(new Map([[earlier.id, ofOther]]))).toThrow(message)
  expect(() => compare(new Map([[earlier.id, { ...line }]]))).toThrow(message)
  expect(compare(new Map([[earlier.id, line]]))).toMatchObject({
    phoneIndexes: [expect.any(Buffer)],
    errors: [],
  })
})
