import { createTestDatabase } from '@eungmo/tooling/testing/test-postgres'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Connection, connect } from '../src/connection/client.ts'
import { migrate } from '../src/connection/migrate.ts'
import { readLockedList, storeEntries } from '../src/queries/locked-lists.ts'

let connection: Connection
let drop: () => Promise<void>
const shopId = Bun.randomUUIDv7()

beforeAll(async () => {
  const database = await createTestDatabase(inject('postgresUrl'))
  drop = database.drop
  await migrate(database.url)
  connection = connect(database.url)
  await connection.sql`insert into shops (id, name, slug) values (${shopId}, 'a shop', ${shopId})`
})
afterAll(async () => {
  await connection.close()
  await drop()
})

interface Entry {
  id: string
  visited?: boolean
  reason?: number
}

async function eventWith(entries: Entry[]): Promise<string> {
  const { sql } = connection
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

async function freeze(eventId: string, visitBonus: number, batch: number): Promise<string[]> {
  const pieces: string[] = []
  await connection.db.transaction((tx) =>
    storeEntries(tx, { eventId, visitBonus }, (lines) => pieces.push(lines), batch),
  )
  return pieces
}

const entries: Entry[] = [
  { id: 'b' },
  { id: 'B', visited: true },
  { id: 'a-longer.one', reason: 3, visited: true },
  { id: '_' },
  { id: 'a' },
  { id: 'a0', visited: true },
  { id: '0' },
]
const lines = '0,1,0\nB,3,0\n_,1,0\na,1,0\na-longer.one,0,3\na0,3,0\nb,1,0\n'

test.each([1, 2, 3, 6, 7, 8])(
  'a list frozen in pieces of %i holds every entry once, by bytes, as it was handed over',
  async (batch) => {
    const eventId = await eventWith(entries)
    const pieces = await freeze(eventId, 2, batch)
    expect(pieces.join('')).toBe(lines)
    expect(pieces).toHaveLength(Math.ceil(entries.length / batch))
    const stored: string[] = []
    for await (const piece of readLockedList(connection.db, { eventId })) stored.push(piece)
    expect(stored).toEqual(pieces)
  },
)

test('without entries nothing is stored', async () => {
  const eventId = await eventWith([])
  expect(await freeze(eventId, 0, 3)).toEqual([])
})
