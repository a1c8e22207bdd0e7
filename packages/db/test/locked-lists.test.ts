import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { readLockedList, storeEntries } from '../src/queries/locked-lists.ts'
import { createMigratedDatabase, type MigratedDatabase } from '../testing/migrated-database.ts'

let database: MigratedDatabase
const shopId = Bun.randomUUIDv7()

beforeAll(async () => {
  database = await createMigratedDatabase(inject('postgresUrl'))
  await database.sql`insert into shops (id, name, slug) values (${shopId}, 'a shop', ${shopId})`
})
afterAll(async () => {
  await database.drop()
})

interface Entry {
  id: string
  visited?: boolean
  reason?: number
}

async function createEventWith(entries: Entry[]): Promise<string> {
  const { sql } = database
  const eventId = Bun.randomUUIDv7()
  await sql`
    insert into events (id, shop_id, slug, title, starts_at, ends_at, announcement_date, winner_count, key_id, visit_token, rules_seq,
      consent_version)
    values (${eventId}, ${shopId}, ${eventId}, 'an event', now(), now() + interval '1 hour', now() + interval '2 hours', 1, 'k', 'none', 0, 1)`
  for (const { id, visited = false, reason = 0 } of entries)
    await sql`
      insert into participants (event_id, id, entry_path, participated_at, entry_id, visited, exclusion_reason, consented_at,
        consent_version, rules_seq)
      values (${eventId}, ${Bun.randomUUIDv7()}, 'SNS', now(), ${id}, ${visited}, ${reason}, now(), 1, 0)`
  return eventId
}

async function storeList(eventId: string, visitBonus: number, entriesPerPart: number): Promise<string[]> {
  const parts: string[] = []
  await database.db.transaction((tx) =>
    storeEntries(tx, { eventId, visitBonus }, (lines) => parts.push(lines), entriesPerPart),
  )
  return parts
}

const entries: Entry[] = [
  { id: 'b' },
  { id: 'B', visited: true },
  { id: 'a-longer.one', reason: 3, visited: true },
  { id: '_' },
  { id: 'a' },
  { id: 'a0', visited: true },
  { id: '0' },
  { id: 'c', reason: 6 },
  { id: 'd', reason: 7 },
]
const lines = '0,1,0\nB,3,0\n_,1,0\na,1,0\na-longer.one,0,3\na0,3,0\nb,1,0\nc,0,4\nd,0,4\n'

test.each([1, 2, 3, 8, 9, 10])(
  'a list stored in parts of %i entries holds every entry once, in byte order, as it was hashed',
  async (entriesPerPart) => {
    const eventId = await createEventWith(entries)
    const parts = await storeList(eventId, 2, entriesPerPart)
    expect(parts.join('')).toBe(lines)
    expect(parts).toHaveLength(Math.ceil(entries.length / entriesPerPart))
    const stored: string[] = []
    for await (const part of readLockedList(database.db, { eventId })) stored.push(part)
    expect(stored).toEqual(parts)
  },
)

test('an event without entries stores no part', async () => {
  const eventId = await createEventWith([])
  expect(await storeList(eventId, 0, 3)).toEqual([])
})
