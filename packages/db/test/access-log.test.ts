import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type AccessAction, insertAccess } from '../src/queries/access-log.ts'
import { maintainAccessLogPartitions } from '../src/queries/access-log-partitions.ts'
import { ACCESS_ACTION_GROUPS, ACCESS_ACTIONS } from '../src/schema/index.ts'
import { createMigratedDatabase, type MigratedDatabase } from '../testing/migrated-database.ts'

let database: MigratedDatabase

beforeAll(async () => {
  database = await createMigratedDatabase(inject('postgresUrl'))
})
afterAll(() => database.drop())

const write = (action: AccessAction) =>
  insertAccess(database.db, { id: Bun.randomUUIDv7(), action, clientAddress: '192.0.2.1' })
const partitions = async () =>
  (
    await database.sql<{ name: string }[]>`
      select relid::text as name from pg_partition_tree('access_log') where isleaf order by 1`
  ).map(({ name }) => name)

test('a line can be written from the first start on, and never be changed or deleted', async () => {
  const { sql } = database
  await write('sign-in')
  const [current] = await sql<{ name: string }[]>`select tableoid::regclass::text as name from access_log`
  const partition = current?.name ?? ''
  expect(partition).toMatch(/^access_log_2_years_\d{6}$/)
  for (const table of ['access_log', 'access_log_2_years', partition]) {
    await expect(sql`update ${sql(table)} set people = 0`).rejects.toThrow('append-only')
    await expect(sql`delete from ${sql(table)}`).rejects.toThrow('append-only')
    await expect(sql`truncate ${sql(table)}`).rejects.toThrow('append-only')
  }
  expect(await sql`select 1 from access_log`).toHaveLength(1)
})

test('who was given which rights is dropped after three years, everything else after two', async () => {
  const { sql } = database
  for (const action of ACCESS_ACTIONS) await write(action)
  const now = new Date()
  const first = await maintainAccessLogPartitions(sql, now)
  const prepared = await partitions()
  expect(prepared).toHaveLength(2 * 13)
  expect(first.dropped).toEqual([])
  expect(await maintainAccessLogPartitions(sql, now)).toEqual({ created: [], dropped: [] })

  const monthsLater = (months: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1))
  const dropped = async (months: number) =>
    (await maintainAccessLogPartitions(sql, monthsLater(months))).dropped
  const stored = async () =>
    (await sql<{ action: string }[]>`select distinct action from access_log`)
      .map(({ action }) => action)
      .toSorted()
  const month = `${now.getUTCFullYear()}${String(now.getUTCMonth() + 1).padStart(2, '0')}`
  expect(await dropped(24)).toEqual([])
  expect(await stored()).toEqual([...ACCESS_ACTIONS].toSorted())
  expect(await dropped(25)).toEqual([`access_log_2_years_${month}`])
  const { key, member } = ACCESS_ACTION_GROUPS
  expect(await stored()).toEqual([...key, ...member].toSorted())
  expect(await dropped(36)).not.toContain(`access_log_3_years_${month}`)
  expect(await stored()).toEqual([...key, ...member].toSorted())
  expect(await dropped(37)).toContain(`access_log_3_years_${month}`)
  expect(await stored()).toEqual([])
})

test('later partitions reject changes as well, and many processes can maintain them at once', async () => {
  const later = new Date(Date.now() + 5 * 365 * 86_400_000)
  const changes = await Promise.all([1, 2, 3].map(() => maintainAccessLogPartitions(database.sql, later)))
  expect(changes.flatMap(({ created }) => created)).toHaveLength(2 * 13)
  const { sql } = database
  for (const name of await partitions()) {
    await expect(sql`truncate ${sql(name)}`).rejects.toThrow('append-only')
  }
})
