import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { insertAccess } from '../src/queries/access-log.ts'
import { maintainAccessLogPartitions } from '../src/queries/access-log-partitions.ts'
import { createMigratedDatabase, type MigratedDatabase } from '../testing/migrated-database.ts'

let database: MigratedDatabase

beforeAll(async () => {
  database = await createMigratedDatabase(inject('postgresUrl'))
})
afterAll(() => database.drop())

const write = () =>
  insertAccess(database.db, {
    id: Bun.randomUUIDv7(),
    action: 'sign-in',
    clientAddress: '192.0.2.1',
  })
const partitions = async () =>
  (
    await database.sql<{ name: string }[]>`
      select inhrelid::regclass::text as name from pg_inherits
      where inhparent = 'access_log'::regclass order by 1`
  ).map(({ name }) => name)

test('a line can be written from the first start on, and never be changed or deleted', async () => {
  const { sql } = database
  await write()
  const [current] = await sql<{ name: string }[]>`select tableoid::regclass::text as name from access_log`
  const partition = current?.name ?? ''
  expect(partition).toMatch(/^access_log_\d{6}$/)
  for (const table of ['access_log', partition]) {
    await expect(sql`update ${sql(table)} set people = 0`).rejects.toThrow('append-only')
    await expect(sql`delete from ${sql(table)}`).rejects.toThrow('append-only')
    await expect(sql`truncate ${sql(table)}`).rejects.toThrow('append-only')
  }
  expect(await sql`select 1 from access_log`).toHaveLength(1)
})

test('months are prepared a year ahead, and dropped after two years', async () => {
  const { sql } = database
  const now = new Date()
  const first = await maintainAccessLogPartitions(sql, now)
  expect(await partitions()).toHaveLength(13)
  expect(first.dropped).toEqual([])
  expect(await maintainAccessLogPartitions(sql, now)).toEqual({ created: [], dropped: [] })

  const [firstMonth, secondMonth] = await partitions()
  const later = new Date(now)
  later.setUTCDate(1)
  later.setUTCMonth(later.getUTCMonth() + 24)
  expect((await maintainAccessLogPartitions(sql, later)).dropped).toEqual([])
  expect(await sql`select 1 from access_log`).toHaveLength(1)
  later.setUTCMonth(later.getUTCMonth() + 1)
  expect((await maintainAccessLogPartitions(sql, later)).dropped).toEqual([firstMonth])
  expect(await sql`select 1 from access_log`).toHaveLength(0)
  expect((await partitions())[0]).toBe(secondMonth)
})

test('later partitions reject changes as well, and many processes can maintain them at once', async () => {
  const later = new Date(Date.now() + 5 * 365 * 86_400_000)
  const changes = await Promise.all([1, 2, 3].map(() => maintainAccessLogPartitions(database.sql, later)))
  expect(changes.flatMap(({ created }) => created)).toHaveLength(13)
  const { sql } = database
  for (const name of await partitions()) {
    await expect(sql`truncate ${sql(name)}`).rejects.toThrow('append-only')
  }
})
