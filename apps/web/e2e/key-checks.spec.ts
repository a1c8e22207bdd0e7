import { connect } from '@eungmo/db/connection/client'
import { migrate } from '@eungmo/db/connection/migrate'
import { expect, test } from './support/fixtures.ts'
import { readiness, startWeb, stopWeb, type Web } from './support/web-process.ts'

const keyOf = (byte: number) => `k1:${Buffer.alloc(32, byte).toString('base64')}`
const WAIT = { timeout: 30_000 }

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
    const foreign = await startWeb({ DATABASE_URL: urlOf(names.foreign), SECRET_KEYS: keyOf(2) })
    running.push(foreign)
    await expect.poll(() => readiness(foreign), WAIT).toEqual({ status: 200, ready: true })
    await stopWeb(foreign)

    const web = await startWeb({ DATABASE_URL: urlOf(names.own), SECRET_KEYS: keyOf(1) })
    running.push(web)
    await expect.poll(() => readiness(web), WAIT).toEqual({ status: 200, ready: true })

    const wrong = await startWeb({ DATABASE_URL: urlOf(names.own), SECRET_KEYS: keyOf(2) })
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
    for (const web of running) await stopWeb(web)
    for (const database of Object.values(names)) await run(`drop database if exists ${database} with (force)`)
    await admin.close()
  }
})
