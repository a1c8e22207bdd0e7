import { afterAll, expect, inject, test } from 'vitest'
import { createTestDatabase } from '../testing/test-postgres.ts'

const database = await createTestDatabase(inject('postgresUrl'))
afterAll(() => database.drop())

test('creates an empty database', async () => {
  const sql = new Bun.SQL({ url: database.url, max: 1 })
  const tables = await sql`select tablename from pg_tables where schemaname = 'public'`
  await sql.close()
  expect(tables).toHaveLength(0)
})
