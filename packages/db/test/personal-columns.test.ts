import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { impersonalColumns, personalColumns } from '../src/schema/personal-columns.ts'
import { createMigratedDatabase, type MigratedDatabase } from '../testing/migrated-database.ts'

let database: MigratedDatabase

beforeAll(async () => {
  database = await createMigratedDatabase(inject('postgresUrl'))
})
afterAll(() => database.drop())

/** The columns of a type into which a person's data can be written, as `table.column`. */
async function columnsOfText(): Promise<string[]> {
  const rows = await database.sql<{ name: string }[]>`
    select c.relname || '.' || a.attname as name
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace in ('public'::regnamespace, 'analytics'::regnamespace)
      and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
      and a.atttypid::regtype::text in ('text', 'character varying', 'character', 'bytea', 'json', 'jsonb', 'text[]')`
  return rows.map(({ name }) => name)
}

const listed = personalColumns.map(({ table, column }) => `${table}.${column}`)
const impersonal = Object.entries(impersonalColumns).flatMap(([table, columns]) =>
  columns.map((column) => `${table}.${column}`),
)
const undeclared = (columns: readonly string[]) =>
  columns.filter((column) => ![...listed, ...impersonal].includes(column))

test('every column of text, bytes or JSON is listed as personal or declared impersonal, and only once', async () => {
  expect(undeclared(await columnsOfText())).toEqual([])
  expect(new Set([...listed, ...impersonal]).size).toBe(listed.length + impersonal.length)
})

test('a new column of text is found', async () => {
  await database.sql`create table notes (id uuid primary key, note text, tags jsonb)`
  expect(undeclared(await columnsOfText())).toEqual(['notes.note', 'notes.tags'])
  await database.sql`drop table notes`
})

test('every column of the registry exists', async () => {
  const rows = await database.sql<{ name: string }[]>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema in ('public', 'analytics')`
  const existing = rows.map(({ name }) => name)
  expect([...listed, ...impersonal].filter((column) => !existing.includes(column))).toEqual([])
})

test('what destruction sets to null may be null', async () => {
  const rows = await database.sql<{ name: string }[]>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema in ('public', 'analytics') and is_nullable = 'NO'`
  const required = rows.map(({ name }) => name)
  const nulled = personalColumns.filter(({ destruction }) => destruction === 'set null')
  expect(
    nulled.map(({ table, column }) => `${table}.${column}`).filter((name) => required.includes(name)),
  ).toEqual([])
})
