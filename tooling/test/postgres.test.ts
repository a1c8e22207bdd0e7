import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type RunningPostgres, startPostgres, stopLeftoverPostgres } from '../postgres/server.ts'
import { isAlive } from '../processes/process-command.ts'

let dataDir: string
let server: RunningPostgres | undefined

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'eungmo-postgres-test-'))
})

afterEach(async () => {
  await server?.stop()
  server = undefined
  rmSync(dataDir, { recursive: true, force: true })
})

async function query<T>(text: string): Promise<T[]> {
  const sql = new Bun.SQL({ url: server?.url, max: 1 })
  try {
    return [...(await sql.unsafe(text))]
  } finally {
    await sql.close()
  }
}

test('keeps its data, password and a named database over a restart, and listens on this machine only', async () => {
  server = await startPostgres({ dataDir, database: 'eungmo', settings: { max_connections: 150 } })
  await query('create table stored as select 42 as number')
  expect(await query('show max_connections')).toEqual([{ max_connections: '150' }])
  expect(await query('show fsync')).toEqual([{ fsync: 'on' }])
  expect(await query('show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  await expect(
    new Bun.SQL({ url: server.url.replace(/:[^:@/]+@/, ':wrong@'), max: 1 })`select 1`,
  ).rejects.toThrow()

  await expect(startPostgres({ dataDir })).rejects.toThrow(`process ${server.pid}`)
  await server.stop()
  expect(isAlive(server.pid)).toBe(false)

  server = await startPostgres({ dataDir, database: 'eungmo' })
  expect(await query('select number from stored')).toEqual([{ number: 42 }])
})

test('starts again after it was killed, even when its process id belongs to another program by now', async () => {
  server = await startPostgres({ dataDir })
  await query('create table stored as select 42 as number')
  process.kill(server.pid, 'SIGKILL')
  await server.exited
  const lock = join(dataDir, 'cluster', 'postmaster.pid')
  writeFileSync(lock, readFileSync(lock, 'utf8').replace(/^\d+/, String(process.pid)))

  server = await startPostgres({ dataDir })
  expect(await query('select number from stored')).toEqual([{ number: 42 }])
})

test('starts again while a process of the server that was killed still computes', async () => {
  server = await startPostgres({ dataDir })
  const sql = new Bun.SQL({ url: server.url, max: 2 })
  const computing = sql`select count(*) from generate_series(1, 10000000)`.catch(() => undefined)
  const isComputing = async () =>
    (
      await sql`select 1 from pg_stat_activity where state = 'active' and query like '%generate_series%' and pid <> pg_backend_pid()`
    ).length > 0
  await vi.waitUntil(isComputing)
  process.kill(server.pid, 'SIGKILL')
  await server.exited

  server = await startPostgres({ dataDir })
  expect(await query('select 42 as number')).toEqual([{ number: 42 }])
  await computing
  await sql.close()
})

test('its log holds no value of a row and no parameter of a statement', async () => {
  server = await startPostgres({ dataDir })
  await query('create table people (phone text primary key, age int)')
  const sql = new Bun.SQL({ url: server.url, max: 1 })
  const enter = (phone: string, age: string) => sql`insert into people values (${phone}, ${age}::int)`
  await enter('+821098765432', '30')
  await expect(enter('+821098765432', '30')).rejects.toThrow('duplicate key')
  await expect(enter('+821098765433', 'x'.repeat(3))).rejects.toThrow()
  await sql.close()
  const log = readFileSync(join(server.filesDir, 'postgres.log'), 'utf8')
  expect(log).toContain('duplicate key')
  expect(log).not.toContain('82109876543')
})

test('ends a server that an earlier run left running', async () => {
  server = await startPostgres({ dataDir })
  await stopLeftoverPostgres(dataDir)
  await server.exited
  expect(isAlive(server.pid)).toBe(false)
})

test('an error says why it does not start', async () => {
  await expect(startPostgres({ dataDir, settings: { max_connections: 'many' } })).rejects.toThrow(
    /did not start:[\s\S]*max_connections/,
  )
})
