import { createTestDatabase } from '@eungmo/tooling/testing/test-postgres'
import postgres from 'postgres'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { ForeignSchemaError, migrate } from '../src/connection/migrate.ts'
import { readSchemaState } from '../src/connection/schema-state.ts'

let url: string
let drop: () => Promise<void>
let sql: postgres.Sql

beforeEach(async () => {
  ;({ url, drop } = await createTestDatabase(inject('postgresUrl')))
  sql = postgres(url, { max: 1, onnotice: () => undefined })
})
afterEach(async () => {
  await sql.end()
  await drop()
})

const tables = async () =>
  (await sql`select table_name from information_schema.tables where table_schema = 'public'`).length

test('a new database is empty, and known once it is migrated', async () => {
  expect(await readSchemaState(url)).toBe('empty')
  await migrate(url)
  expect(await readSchemaState(url)).toBe('known')
  await migrate(url)
  expect(await readSchemaState(url)).toBe('known')
})

test('a database that began with another first migration is named in one line and stays as it is', async () => {
  await sql`create schema drizzle`
  await sql`create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)`
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at)
    values (${'a'.repeat(64)}, 1795366791068), (${'b'.repeat(64)}, 1795366791963)`
  expect(await readSchemaState(url)).toBe('older')
  await expect(migrate(url)).rejects.toThrow(ForeignSchemaError)
  await expect(migrate(url)).rejects.toThrow(/^DATABASE_URL leads to a database of an earlier version.*$/)
  expect(await tables()).toBe(0)
})

test('a database that a later version has migrated is named in one line and stays as it is', async () => {
  await migrate(url)
  const before = await tables()
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${'c'.repeat(64)}, 9000000000000)`
  expect(await readSchemaState(url)).toBe('newer')
  await expect(migrate(url)).rejects.toThrow(/^DATABASE_URL leads to .* that a later version has migrated.*$/)
  expect(await tables()).toBe(before)
})

test('the migration command prints that line alone and ends with 1', async () => {
  await migrate(url)
  await sql`update drizzle.__drizzle_migrations set hash = ${'a'.repeat(64)}`
  const program = new URL('../bin/migrate.ts', import.meta.url).pathname
  const child = Bun.spawnSync([process.execPath, program], { env: { DATABASE_URL: url } })
  expect(child.exitCode).toBe(1)
  expect(child.stderr.toString()).toMatch(/^DATABASE_URL leads to a database of an earlier version.*\n$/)
})
