import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createTestDatabase } from '@eungmo/tooling/testing/test-postgres'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { recordSockets } from './support/recorded-sockets.ts'

// What patches/postgres@3.4.9.patch changes; patches/README.md says why.
vi.setConfig({ testTimeout: 20_000 })
let url = ''
let drop: () => Promise<void>

beforeAll(async () => {
  const database = await createTestDatabase(inject('postgresUrl'))
  url = database.url
  drop = database.drop
})
afterAll(() => drop())

test('a statement that was buffered when its connection ended does not block the next one', async () => {
  const { sockets, options } = recordSockets(url)
  const sql = postgres(url, { ...options, fetch_types: false })
  await sql`select 1`
  const buffered = expect(sql`select 2`.execute()).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  // Statements are buffered in a microtask, and written when the event loop turns.
  for (let microtask = 0; microtask < 20; microtask++) await null
  sockets[0]?.emit('close', false)
  sockets[0]?.destroy()
  await buffered
  expect(await sql`select 3::int as n`).toEqual([{ n: 3 }])
  await sql.end()
})

test('an error that a closed socket reports late does not end the process', async () => {
  const { sockets, options } = recordSockets(url)
  const sql = postgres(url, { ...options, fetch_types: false })
  await sql`select 1`
  const [socket] = sockets
  await sql.end()
  await vi.waitFor(() => expect(socket?.destroyed).toBe(true), { timeout: 5_000 })
  expect(() => socket?.emit('error', new Error('read ECONNRESET'))).not.toThrow()
})

test('a backend terminated while a connection reads array types does not end the process', async () => {
  const program = fileURLToPath(new URL('support/terminate-during-types.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [program, url])
  expect(JSON.parse(stdout)).toEqual({ row: { n: 1 }, connections: 2 })
})

test.each([1, 3])(
  'statements in flight on %i connections when a migration changes what they return get the new columns',
  async (max) => {
    const sql = postgres(url, { max, onnotice: () => undefined })
    await sql`create table migrated as select 1 as n`
    const read = () => sql`select * from migrated where n = ${1}::int`
    const readMany = () => Promise.all(Array.from({ length: 6 }, read))
    await readMany()
    await sql`alter table migrated add column added text`
    const [rows, other] = await Promise.all([readMany(), sql`select ${2}::int as n`])
    expect(rows).toEqual(Array.from({ length: 6 }, () => [{ n: 1, added: null }]))
    expect(other).toEqual([{ n: 2 }])
    await sql`drop table migrated`
    await sql.end()
  },
)

test('a connection that failed in mid-statement serves its next statement after it has connected again', async () => {
  const sql = postgres(url, { max: 1, fetch_types: false, backoff: () => 0.01 })
  const admin = postgres(url, { max: 1, fetch_types: false })
  const [backend] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
  const interrupted = expect(sql`select pg_sleep(60)`).rejects.toThrow()
  await vi.waitUntil(async () => {
    const [terminated] = await admin`select pg_terminate_backend(pid) from pg_stat_activity
      where pid = ${backend?.pid ?? 0} and query like '%pg_sleep%' and state = 'active'`
    return terminated !== undefined
  })
  await interrupted
  expect(await sql`select 3::int as n`).toEqual([{ n: 3 }])
  await Promise.all([sql.end(), admin.end()])
})

test('every statement fails at once while the database accepts no connections, and the first one after works', async () => {
  const own = await createTestDatabase(inject('postgresUrl'))
  const name = new URL(own.url).pathname.slice(1)
  const admin = postgres(inject('postgresUrl'), { max: 1, fetch_types: false })
  const allow = (allowed: boolean) => admin.unsafe(`alter database "${name}" allow_connections ${allowed}`)
  const sql = postgres(own.url, { max: 3, fetch_types: false, backoff: () => 0.01 })
  const read = () => sql`select ${1}::int as n`
  await Promise.all([read(), read(), read()])
  await allow(false)
  await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`
  const outcomes: unknown[] = []
  for (let n = 0; n < 12; n++)
    outcomes.push(
      await read().then(
        () => 'served',
        (error: { code?: unknown }) => error.code,
      ),
    )
  expect(outcomes).not.toContain('served')
  expect(outcomes.at(-1)).toBe('55000')
  await allow(true)
  expect(await read()).toEqual([{ n: 1 }])
  await Promise.all([sql.end(), admin.end()])
  await own.drop()
})
