import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import {
  firstIdAt,
  isBelowFloor,
  maintainPartitions,
  processedFloor,
} from '../src/queries/processed-messages.ts'
import { createMigratedDatabase, type MigratedDatabase } from '../testing/migrated-database.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const WEEK_MS = 7 * DAY_MS
const now = Date.parse('2026-11-18T12:00:00Z')
let database: MigratedDatabase

beforeAll(async () => {
  database = await createMigratedDatabase(inject('postgresUrl'))
})
afterAll(async () => {
  await database.drop()
})

const idAt = (time: number) => firstIdAt(time).replace('-0000-0000-000000000000', '-7abc-8abc-0123456789ab')
const partitionOf = async (id: string) => {
  const [row] = await database.sql<{ partition: string }[]>`
    select tableoid::regclass::text as partition from analytics.processed_messages where message_id = ${id}`
  return row?.partition
}

test('partitions cover five weeks back and two ahead, take over the rows of the default one, and expire late', async () => {
  const { sql } = database
  const early = idAt(now - WEEK_MS)
  await sql`insert into analytics.processed_messages values (${early})`
  expect(await partitionOf(early)).toBe('analytics.processed_messages_default')

  const first = await maintainPartitions(sql, now)
  expect(first.dropped).toEqual([])
  expect(first.created).toHaveLength(8)
  expect(await partitionOf(early)).toMatch(/^analytics\.processed_messages_2026\d{4}$/)
  const inTwoWeeks = idAt(now + 2 * WEEK_MS)
  await sql`insert into analytics.processed_messages values (${inTwoWeeks})`
  expect(await partitionOf(inTwoWeeks)).toMatch(/^analytics\.processed_messages_2026\d{4}$/)
  expect(await maintainPartitions(sql, now)).toEqual({ created: [], dropped: [] })

  await sql`insert into outbox (message_id, event_type, schema_version, key, payload) values (${early}, 'x', 1, ${early}, '{}')`
  expect((await maintainPartitions(sql, now + 10 * WEEK_MS)).dropped.length).toBeLessThan(5)
  expect(await partitionOf(early)).toBeDefined()
  await sql`delete from outbox`
  const redelivered = now + 10 * WEEK_MS
  await maintainPartitions(sql, redelivered)
  await maintainPartitions(sql, redelivered + WEEK_MS)
  expect(await partitionOf(early), 'it may be received again for a week').toBeDefined()
  await maintainPartitions(sql, redelivered + WEEK_MS + DAY_MS)
  expect(await partitionOf(early)).toBeUndefined()

  const again = await sql`insert into analytics.processed_messages values (${early})`.catch((e: unknown) => e)
  expect(isBelowFloor(again)).toBe(true)
  const floor = await sql.unsafe<{ floor: string }[]>(`select ${processedFloor} as floor`)
  expect(early < (floor[0]?.floor ?? '')).toBe(true)
  await sql`insert into analytics.processed_messages values (${idAt(redelivered - 4 * WEEK_MS)})`
})

test('many processes can maintain the partitions at once', async () => {
  const later = now + 30 * WEEK_MS
  const changes = await Promise.all([1, 2, 3, 4].map(() => maintainPartitions(database.sql, later)))
  expect(changes.flatMap(({ created }) => created)).toHaveLength(8)
})
