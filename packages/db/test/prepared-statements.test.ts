import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Connection, connect } from '../src/connection/client.ts'
import { MAX_PREPARED_STATEMENTS } from '../src/connection/prepared-statements.ts'
import { listLatestDrawLogs } from '../src/queries/draw-logs.ts'
import { findDrawRecords } from '../src/queries/draw-records.ts'
import { findEventBySlug } from '../src/queries/events.ts'
import { createMigratedDatabase, type MigratedDatabase } from '../testing/migrated-database.ts'

let database: MigratedDatabase
let connection: Connection

beforeAll(async () => {
  database = await createMigratedDatabase(inject('postgresUrl'))
  connection = connect(database.url, { max: 1 })
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

/** Statements that the pool's one connection has prepared. */
async function countPrepared(where = 'true'): Promise<number> {
  const [row] = await connection.sql.unsafe<{ count: number }[]>(
    `select count(*)::int as count from pg_prepared_statements where ${where}`,
  )
  return row?.count ?? 0
}

test('a query is prepared at its first use and runs the same statement from then on', async () => {
  for (let n = 0; n < 3; n++)
    expect(await findEventBySlug(connection.db, { slug: `none-${n}` })).toBeUndefined()
  expect(await countPrepared(`statement like '%"events"."slug" = $1%'`)).toBe(1)
})

test('lists of every length share one statement', async () => {
  for (let length = 1; length <= 5; length++) {
    const eventIds = Array.from({ length }, () => crypto.randomUUID())
    expect(await listLatestDrawLogs(connection.db, { eventIds })).toEqual([])
    const seqs = Array.from({ length }, (_, seq) => seq)
    expect(await findDrawRecords(connection.db, { eventId: crypto.randomUUID(), seqs })).toEqual([])
  }
  expect(await countPrepared(`statement like '%"draw_logs"%any(%'`)).toBe(1)
  expect(await countPrepared(`statement like '%"draw_records"%any(%'`)).toBe(1)
})

test('queries inside a transaction, and those without parameters, are not prepared', async () => {
  await connection.db.execute(sql`select 'alone' as not_prepared`)
  await connection.db.transaction(async (tx) => {
    await tx.execute(sql`select ${'in a transaction'}::text as not_prepared`)
  })
  expect(await countPrepared(`statement like '%as not_prepared'`)).toBe(0)
})

test('a migration under a running process changes what a prepared query returns, and no caller notices', async () => {
  const { db } = connection
  await db.execute(sql`create table changed (id int)`)
  await db.execute(sql`insert into changed values (1)`)
  const read = sql`select * from changed where id = ${1}::int`
  const readInTransaction = () => db.transaction((tx) => tx.execute(read))
  expect(await db.execute(read)).toEqual([{ id: 1 }])
  await database.sql`alter table changed add column name text`
  expect(await readInTransaction()).toEqual([{ id: 1, name: null }])
  expect(await db.execute(read)).toEqual([{ id: 1, name: null }])
  await database.sql`alter table changed alter column name type int using 7`
  expect(await Promise.all([db.execute(read), db.execute(read)])).toEqual([
    [{ id: 1, name: 7 }],
    [{ id: 1, name: 7 }],
  ])
  await database.sql`alter table changed drop column name`
  expect(await db.execute(read)).toEqual([{ id: 1 }])
  expect(await readInTransaction()).toEqual([{ id: 1 }])
})

test('a query whose text varies without end stops preparing, and still returns its rows', async () => {
  for (let n = 0; n < MAX_PREPARED_STATEMENTS + 20; n++) {
    const rows = await connection.db.execute(sql`select ${n}::int as ${sql.raw(`n${n}`)}`)
    expect(rows).toEqual([{ [`n${n}`]: n }])
  }
  expect(await countPrepared(`statement like 'select $1::int as n%'`)).toBeLessThanOrEqual(
    MAX_PREPARED_STATEMENTS,
  )
  expect(await countPrepared()).toBeGreaterThanOrEqual(MAX_PREPARED_STATEMENTS)
})
