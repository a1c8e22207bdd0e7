import { createTestDatabase } from '@eungmo/tooling/testing/test-postgres'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Connection, connect } from '../src/connection/client.ts'
import { migrate } from '../src/connection/migrate.ts'
import { firstIdAt, maintainPartitions } from '../src/queries/processed-messages.ts'

const WEEK = 7 * 24 * 60 * 60 * 1000
const now = Date.parse('2026-11-18T12:00:00Z')
let connection: Connection
let drop: () => Promise<void>

beforeAll(async () => {
  const database = await createTestDatabase(inject('postgresUrl'))
  drop = database.drop
  await migrate(database.url)
  connection = connect(database.url)
})
afterAll(async () => {
  await connection.close()
  await drop()
})

const idAt = (time: number) => firstIdAt(time).replace('-0000-0000-000000000000', '-7abc-8abc-0123456789ab')
const placeOf = async (id: string) => {
  const [row] = await connection.sql<{ place: string }[]>`
    select tableoid::regclass::text as place from analytics.processed_messages where message_id = ${id}`
  return row?.place
}

test('partitions cover five weeks back and two ahead, take over what lay in the default one, and expire late', async () => {
  const { sql } = connection
  const early = idAt(now - WEEK)
  await sql`insert into analytics.processed_messages values (${early})`
  expect(await placeOf(early)).toBe('analytics.processed_messages_default')

  const first = await maintainPartitions(sql, now)
  expect(first.dropped).toEqual([])
  expect(first.created).toHaveLength(8)
  expect(await placeOf(early)).toMatch(/^analytics\.processed_messages_2026\d{4}$/)
  const inTwoWeeks = idAt(now + 2 * WEEK)
  await sql`insert into analytics.processed_messages values (${inTwoWeeks})`
  expect(await placeOf(inTwoWeeks)).toMatch(/^analytics\.processed_messages_2026\d{4}$/)
  expect(await maintainPartitions(sql, now)).toEqual({ created: [], dropped: [] })

  await sql`insert into outbox (message_id, event_type, schema_version, key, payload) values (${early}, 'x', 1, ${early}, '{}')`
  expect((await maintainPartitions(sql, now + 10 * WEEK)).dropped.length).toBeLessThan(5)
  expect(await placeOf(early)).toBeDefined()
  await sql`delete from outbox`
  await maintainPartitions(sql, now + 10 * WEEK)
  expect(await placeOf(early)).toBeUndefined()
})

test('many processes may look after them at once', async () => {
  const later = now + 30 * WEEK
  const changes = await Promise.all([1, 2, 3, 4].map(() => maintainPartitions(connection.sql, later)))
  expect(changes.flatMap(({ created }) => created)).toHaveLength(8)
})
