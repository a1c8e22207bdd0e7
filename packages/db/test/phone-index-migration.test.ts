import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createTestDatabase } from '@eungmo/tooling/testing/test-postgres'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { migrate } from '../src/connection/migrate.ts'

const migrations = fileURLToPath(new URL('../migrations', import.meta.url))
let url: string
let drop: () => Promise<void>
let sql: postgres.Sql
let folder: string

beforeAll(async () => {
  ;({ url, drop } = await createTestDatabase(inject('postgresUrl')))
  sql = postgres(url, { max: 1, onnotice: () => undefined })
  folder = mkdtempSync(join(tmpdir(), 'eungmo-migrations-'))
})
afterAll(async () => {
  await sql.end()
  await drop()
  rmSync(folder, { recursive: true, force: true })
})

/** Migrates the database to the schema as it was after `count` migrations. */
async function migrateTo(count: number): Promise<void> {
  cpSync(migrations, folder, { recursive: true })
  const file = join(folder, 'meta', '_journal.json')
  const journal: { entries: unknown[] } = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }))
  await runMigrations(drizzle(sql), { migrationsFolder: folder, migrationsSchema: 'drizzle' })
}

test('entries whose last four digits had an index of their own keep number and search', async () => {
  await migrateTo(4)
  const [shopId, eventId] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()]
  await sql`insert into shops (id, name, slug) values (${shopId}, 'a shop', ${shopId})`
  await sql`insert into events (id, shop_id, slug, title, starts_at, ends_at, announcement_date, winner_count, key_id, visit_token)
    values (${eventId}, ${shopId}, ${eventId}, 'an event', now(), now() + interval '1 hour', now() + interval '2 hours', 1, 'k', 'none')`
  const number = Buffer.from(Uint8Array.from({ length: 32 }, (_, n) => n))
  const digits = Buffer.from(Uint8Array.from({ length: 16 }, (_, n) => 100 + n))
  for (const [entryId, phone, tail] of [
    ['stored', number, digits],
    ['destroyed', null, null],
  ] as const)
    await sql`insert into participants (event_id, id, entry_path, participated_at, entry_id, phone_index, phone_tail_index, consented_at,
        consent_version, rules_seq)
      values (${eventId}, ${Bun.randomUUIDv7()}, 'SNS', now(), ${entryId}, ${phone}, ${tail}, now(), 1, 0)`

  await migrate(url)
  const rows = await sql`select entry_id, phone_index from participants order by entry_id`
  expect(rows.map((row) => [row.entry_id, row.phone_index?.toString('hex') ?? null])).toEqual([
    ['destroyed', null],
    ['stored', Buffer.concat([digits.subarray(0, 8), number.subarray(0, 24)]).toString('hex')],
  ])
})
