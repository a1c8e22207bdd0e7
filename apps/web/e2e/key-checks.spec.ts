import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from '@eungmo/db/connection/client'
import { migrate } from '@eungmo/db/connection/migrate'
import { freePort } from '@eungmo/tooling/free-port'
import { expect, test } from './support/fixtures.ts'

const bun = process.versions.bun ? process.execPath : 'bun'
const keyOf = (byte: number) => `k1:${Buffer.alloc(32, byte).toString('base64')}`
const WAIT = { timeout: 30_000 }

interface Web {
  origin: string
  stderr(): string
  exited: Promise<unknown[]>
  child: ChildProcess
}

async function startWeb(databaseUrl: string, secretKeys: string): Promise<Web> {
  const port = await freePort()
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: databaseUrl,
    SECRET_KEYS: secretKeys,
    PORT: String(port),
    HOST: '127.0.0.1',
    LOG_LEVEL: 'silent',
    JOBS: 'off',
  }
  const child = spawn(bun, ['build/index.js'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr.on('data', (chunk) => (stderr += chunk))
  return { origin: `http://127.0.0.1:${port}`, stderr: () => stderr, exited: once(child, 'exit'), child }
}

/** Status and failed parts of /readyz; null while nothing listens. */
async function readiness({ origin }: Web): Promise<unknown> {
  try {
    const response = await fetch(`${origin}/readyz`)
    return { status: response.status, ...(await response.json()) }
  } catch {
    return null
  }
}

async function stopWeb({ child, exited }: Web): Promise<void> {
  child.kill('SIGTERM')
  await exited
}

test('web does not listen with the keys of another database, and is not ready on an exchanged one', async ({
  shop,
}) => {
  const admin = connect(shop.stack.databaseUrl, { max: 1 })
  const run = (statement: string) => admin.sql.unsafe(statement)
  const name = `keys_${crypto.randomUUID().replaceAll('-', '')}`
  const names = { own: name, foreign: `${name}_foreign`, away: `${name}_away` }
  const urlOf = (database: string) => new URL(`/${database}`, shop.stack.databaseUrl).href
  for (const database of [names.own, names.foreign]) {
    await run(`create database ${database} template template0`)
    await migrate(urlOf(database))
  }
  /** Renames a database while processes are connected to it. */
  const rename = async (from: string, to: string) => {
    await run(`alter database ${from} allow_connections false`)
    await run(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${from}'`)
    await expect(async () => void (await run(`alter database ${from} rename to ${to}`))).toPass(WAIT)
    await run(`alter database ${to} allow_connections true`)
  }
  const running: Web[] = []
  try {
    const foreign = await startWeb(urlOf(names.foreign), keyOf(2))
    running.push(foreign)
    await expect.poll(() => readiness(foreign), WAIT).toEqual({ status: 200, ready: true })
    await stopWeb(foreign)

    const web = await startWeb(urlOf(names.own), keyOf(1))
    running.push(web)
    await expect.poll(() => readiness(web), WAIT).toEqual({ status: 200, ready: true })

    const wrong = await startWeb(urlOf(names.own), keyOf(2))
    running.push(wrong)
    expect(await wrong.exited).toEqual([1, null])
    expect(wrong.stderr()).toBe(
      'eungmo web cannot start: SECRET_KEYS: "k1" is not the key this database was written with; put the original one back.\n',
    )

    await rename(names.own, names.away)
    await rename(names.foreign, names.own)
    const exchanged = { status: 503, ready: false, failed: ['keys'] }
    await expect.poll(() => readiness(web), WAIT).toEqual(exchanged)

    await rename(names.own, names.foreign)
    await rename(names.away, names.own)
    await expect.poll(() => readiness(web), WAIT).toEqual({ status: 200, ready: true })
  } finally {
    for (const web of running) if (web.child.exitCode === null) await stopWeb(web)
    for (const database of Object.values(names)) await run(`drop database if exists ${database} with (force)`)
    await admin.close()
  }
})
