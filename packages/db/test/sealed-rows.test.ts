import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import {
  countEnvelopes,
  listSealedTables,
  readRowsToReseal,
  replaceEnvelopes,
  type SealedRow,
  type SealedTable,
} from '../src/queries/sealed-rows.ts'
import { participants } from '../src/schema/index.ts'
import { createMigratedDatabase, type MigratedDatabase } from '../testing/migrated-database.ts'

let database: MigratedDatabase
let table: SealedTable

const eventId = '0190a6f0-0000-7000-8000-000000000001'
const envelope = (keyId: string, text: string) =>
  Buffer.concat([Buffer.from([2, keyId.length]), Buffer.from(keyId), Buffer.from(text)])

beforeAll(async () => {
  database = await createMigratedDatabase(inject('postgresUrl'))
  const found = (await listSealedTables(database.db)).find(({ name }) => name === 'participants')
  if (!found) throw new Error('participants have no envelopes')
  table = found
})
afterAll(() => database.drop())

const idOf = (n: number) => `0190a6f0-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`

async function insertRows(count: number) {
  await database.sql`truncate participants`
  await database.db.insert(participants).values(
    Array.from({ length: count }, (_, n) => ({
      eventId,
      id: idOf(n),
      name: envelope('k1', `name ${n}`),
      phoneNumber: envelope('k1', `phone ${n}`),
      entryPath: 'SNS',
      entryId: `entry ${n}`,
      participatedAt: new Date(),
      consentedAt: new Date(),
      consentVersion: 1,
      rulesSeq: 0,
    })),
  )
}

const read = (after: readonly string[] | null = null, limit = 100) =>
  readRowsToReseal(database.db, table, { keyId: 'k2', after, limit })
const sealedAgain = (row: SealedRow) => ({
  ...row,
  replacements: row.envelopes.map((value) => value && envelope('k2', Buffer.from(value).toString('hex'))),
})
const stored = async () =>
  (await database.sql`select id, name, phone_number as phone from participants order by id`).map(
    ({ name, phone }) => [name, phone].map((value: Buffer | null) => value?.toString('latin1', 2, 4) ?? null),
  )

test('knows every table with envelopes by its primary key', async () => {
  const tables = await listSealedTables(database.db)
  expect(
    tables.map(({ name, primaryKey, columns }) => [
      name,
      primaryKey.map((column) => column.name),
      columns.map(({ column }) => column),
    ]),
  ).toEqual([
    ['participants', ['event_id', 'id'], ['phone_number', 'name', 'exclusion_note']],
    ['draw_winners', ['draw_log_id', 'draw_rank'], ['withdraw_note']],
    ['claims', ['draw_log_id', 'draw_rank'], ['details']],
    ['contact_attempts', ['id'], ['note']],
    ['events', ['id'], ['seed_ciphertext']],
  ])
})

test('rows are read in the order of their keys, without those under the key', async () => {
  await insertRows(5)
  await database.sql`update participants set name = ${envelope('k2', 'x')}, phone_number = null where id = ${idOf(1)}`
  await database.sql`update participants set name = ${envelope('k2', 'x')} where id = ${idOf(2)}`
  const first = await read(null, 2)
  expect(first.map(({ primaryKey }) => primaryKey)).toEqual([
    [eventId, idOf(0)],
    [eventId, idOf(2)],
  ])
  const rest = await read(first.at(-1)?.primaryKey)
  expect(rest.map(({ primaryKey }) => primaryKey[1])).toEqual([idOf(3), idOf(4)])
})

test('a row that was destroyed or corrected after it was read stays as it is', async () => {
  await insertRows(4)
  const rows = await read()
  await database.sql`update participants set name = null, phone_number = null where id = ${idOf(0)}`
  await database.sql`update participants set name = ${envelope('k3', 'corrected')} where id = ${idOf(1)}`
  await database.sql`update participants set visited = true where id = ${idOf(2)}`
  expect(await replaceEnvelopes(database.db, table, rows.map(sealedAgain))).toBe(2)
  expect(await stored()).toEqual([
    [null, null],
    ['k3', 'k1'],
    ['k2', 'k2'],
    ['k2', 'k2'],
  ])
})

test('a row that somebody else is changing is left out without waiting', async () => {
  await insertRows(3)
  const rows = await read()
  await database.sql.begin(async (tx) => {
    await tx`update participants set name = null where id = ${idOf(1)}`
    expect(await replaceEnvelopes(database.db, table, rows.map(sealedAgain))).toBe(2)
  })
  expect(await stored()).toEqual([
    ['k2', 'k2'],
    [null, 'k1'],
    ['k2', 'k2'],
  ])
})

test('envelopes are counted by column and key, and other bytes as unreadable', async () => {
  await insertRows(3)
  await database.sql`update participants set name = '\\x0102'::bytea where id = ${idOf(0)}`
  await database.sql`update participants set phone_number = ${envelope('k2', 'x')} where id = ${idOf(0)}`
  expect((await countEnvelopes(database.db)).toSorted((a, b) => a.count - b.count)).toEqual(
    expect.arrayContaining([
      { table: 'participants', column: 'name', keyId: 'k1', count: 2 },
      { table: 'participants', column: 'name', keyId: null, count: 1 },
      { table: 'participants', column: 'phone_number', keyId: 'k1', count: 2 },
      { table: 'participants', column: 'phone_number', keyId: 'k2', count: 1 },
    ]),
  )
})
