import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startPostgres } from '../postgres/server.ts'
import { ROOT } from '../repository.ts'
import { embeddedDatabase } from '../start/embedded-parts.ts'
import { embeddedSecretKeys } from '../start/secrets.ts'
import { readSchemaState } from '../start/steps.ts'
import { Supervisor } from '../start/supervisor.ts'

let home: string
let data: string
let lines: string[]
let supervisor: Supervisor
const log = (line: string) => void lines.push(line)

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'eungmo-older-'))
  data = join(home, '.data')
  mkdirSync(data)
  lines = []
  supervisor = new Supervisor({ log })
})
afterEach(async () => {
  await supervisor.stop()
  rmSync(home, { recursive: true, force: true })
})

/** Leaves a database of an earlier version in the data directory, with the files that belong to it. */
async function leaveOlderData(): Promise<void> {
  const server = await startPostgres({ dataDir: join(data, 'postgres'), database: 'eungmo' })
  await query(
    server.url,
    `create schema drizzle;
    create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint);
    insert into drizzle.__drizzle_migrations (hash, created_at) values ('${'a'.repeat(64)}', 1795366791068);
    create table participants (name text);
    insert into participants values ('김하늘')`,
  )
  await server.stop()
  writeFileSync(join(data, 'secrets'), 'SECRET_KEYS=k1:old\n')
  writeFileSync(join(data, 'demo.json'), '{}')
  writeFileSync(join(data, 'start.pid'), '1\n')
  mkdirSync(join(data, 'logs'))
}

async function query(url: string, statement: string): Promise<unknown> {
  const sql = new Bun.SQL({ url, max: 1 })
  try {
    return [...(await sql.unsafe(statement))]
  } finally {
    await sql.close()
  }
}

const open = () =>
  embeddedDatabase(
    data,
    supervisor,
    (url) => readSchemaState({ ...process.env, DATABASE_URL: url }, new AbortController().signal),
    log,
  )

test('data of an earlier version is named in one line, moved aside whole, and replaced by a new database', {
  timeout: 240_000,
}, async () => {
  await leaveOlderData()
  const database = await open()
  const aside = readdirSync(home).find((name) => /^\.data-before-\d{4}-\d\d-\d\d$/.test(name)) ?? ''
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain(`${basename(home)}/${aside}; a new database is created.`)
  expect(readdirSync(join(home, aside)).sort()).toEqual(['demo.json', 'postgres', 'secrets'])
  expect(readdirSync(data).sort()).toEqual(['logs', 'postgres', 'start.pid'])

  expect(database.isEmpty).toBe(true)
  expect(await query(database.url, `select to_regclass('participants') as found`)).toEqual([{ found: null }])
  expect(embeddedSecretKeys(data, database.isEmpty)).toMatch(/^k[0-9a-f]{8}:/)
  await supervisor.stop()

  const older = await startPostgres({ dataDir: join(home, aside, 'postgres'), database: 'eungmo' })
  expect(await query(older.url, 'select name from participants')).toEqual([{ name: '김하늘' }])
  await older.stop()
})

test('data of an earlier major version of PostgreSQL is moved aside likewise, and of a later one ends the start in one line', {
  timeout: 240_000,
}, async () => {
  await leaveOlderData()
  const version = join(data, 'postgres', 'cluster', 'PG_VERSION')
  const ours = readFileSync(version, 'utf8').trim()
  writeFileSync(version, `${Number(ours) + 1}\n`)
  await expect(open()).rejects.toThrow(
    `${join(data, 'postgres')} was written by PostgreSQL ${Number(ours) + 1}, which PostgreSQL ${ours} cannot read.`,
  )
  expect(lines).toEqual([])

  writeFileSync(version, `${Number(ours) - 1}\n`)
  expect((await open()).isEmpty).toBe(true)
  const aside = readdirSync(home).find((name) => /^\.data-before-/.test(name)) ?? ''
  expect(lines).toEqual([expect.stringContaining(`${aside}; a new database is created.`)])
  expect(readdirSync(join(home, aside)).sort()).toEqual(['demo.json', 'postgres', 'secrets'])
  expect(readFileSync(join(home, aside, 'postgres', 'cluster', 'PG_VERSION'), 'utf8')).toBe(
    `${Number(ours) - 1}\n`,
  )
})

test('a database whose keys are missing gets no new ones, wherever its files are', {
  timeout: 240_000,
}, async () => {
  const { url, isEmpty } = await open()
  embeddedSecretKeys(data, isEmpty)
  const { exitCode } = Bun.spawnSync([process.execPath, join(ROOT, 'packages/db/bin/migrate.ts')], {
    env: { ...process.env, DATABASE_URL: url },
  })
  expect(exitCode).toBe(0)
  await supervisor.stop()
  rmSync(join(data, 'secrets'))

  supervisor = new Supervisor({ log })
  const again = await open()
  expect(again.isEmpty).toBe(false)
  expect(() => embeddedSecretKeys(data, again.isEmpty)).toThrow('put a copy of the file back')
  expect(existsSync(join(data, 'secrets'))).toBe(false)
  expect(lines).toEqual([])
})
