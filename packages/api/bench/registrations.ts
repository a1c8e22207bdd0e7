import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '@eungmo/db/connection/client'
import { migrate } from '@eungmo/db/connection/migrate'
import { openLink } from '@eungmo/db/connection/statement-link'
import { registerSettings } from '@eungmo/db/queries/register-participants'
import { startPostgres } from '@eungmo/tooling/postgres/server'
import { parseSecretKeys } from '../src/crypto/key-ring.ts'
import { createRegistrar } from '../src/participations/registrar.ts'
import { naiveWriter } from './naive-writer.ts'
import { openBenchEvent } from './open-bench-event.ts'
import { pgbenchRate } from './pgbench-rate.ts'
import { statementAlone } from './statement-alone.ts'

/**
 * `bun bench/registrations.ts [seconds per round]`: registrations per second through the service, next to the
 * straightforward way, pgbench with the same statement, and the statement alone, on one server in one run.
 */
const seconds = Number(process.argv[2] ?? 4)
const ROUNDS = 3
const CONCURRENCIES = [32, 256]
const printLine = (text: string) => process.stdout.write(`${text}\n`)

const dataDir = mkdtempSync(join(tmpdir(), 'eungmo-bench-'))
const server = await startPostgres({ dataDir, settings: { max_connections: 400 } })
await migrate(server.url)
const keys = parseSecretKeys(`bench:${Buffer.alloc(32, 1).toString('base64')}`)
const { db, sql, close } = connect(server.url, { max: 4 })
const eventId = await openBenchEvent(db, keys.newest.id)

let next = 0
const registration = () => ({
  eventId,
  name: '김은모',
  phoneNumber: `+8210${String(10_000_000 + next++)}`,
  entryPath: 'SNS',
  visitToken: null,
  submissionId: null,
  consentVersion: null,
})

/** Calls per second that `concurrency` callers complete, each calling again as soon as its call has settled. */
async function rateOf(concurrency: number, call: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  const end = started + seconds * 1_000
  let done = 0
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < end) {
        await call()
        done += 1
      }
    }),
  )
  return (done / (performance.now() - started)) * 1_000
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

async function throughService(concurrency: number): Promise<number> {
  const link = openLink(server.url, { max: 2, settings: registerSettings })
  const registrar = createRegistrar({
    runner: link,
    keys,
    keyOfEvent: async () => keys.newest,
    onQueued: () => undefined,
  })
  try {
    return await rateOf(concurrency, () => registrar.register(registration()))
  } finally {
    await registrar.close()
    await link.close()
  }
}

/** Milliseconds of a commit alone on one connection, the lower bound for any batch. */
async function loneCommit(): Promise<number> {
  const link = openLink(server.url, { max: 1 })
  const commit = () => link.run('insert into bench_commits default values')
  await sql`create table bench_commits (at timestamptz not null default now())`
  await commit()
  const rate = await rateOf(1, commit)
  await sql`drop table bench_commits`
  await link.close()
  return 1_000 / rate
}

async function throughNaiveWriter(concurrency: number): Promise<number> {
  const writer = naiveWriter(server.url, keys, concurrency)
  try {
    return await rateOf(concurrency, () => writer.write(registration()))
  } finally {
    await writer.close()
  }
}

try {
  await sql`alter system set checkpoint_timeout = '30min'`
  await sql`alter system set max_wal_size = '8GB'`
  await sql`select pg_reload_conf()`
  printLine(`registrations  a commit alone takes ${(await loneCommit()).toFixed(2)} ms on this disk`)
  for (const concurrency of CONCURRENCIES) {
    const ways = {
      naive: () => throughNaiveWriter(concurrency),
      pgbench: () => pgbenchRate(server.url, eventId, concurrency, seconds),
      alone: () => statementAlone(server.url, keys, registration, { concurrency, count: seconds * 10_000 }),
      service: () => throughService(concurrency),
    }
    const rates: Record<keyof typeof ways, number[]> = { naive: [], pgbench: [], alone: [], service: [] }
    for (let round = 0; round < ROUNDS; round++)
      for (const way of Object.keys(ways) as (keyof typeof ways)[]) {
        await sql`truncate participants, outbox`
        const rate = await ways[way]()
        if (rate !== null) rates[way].push(rate)
      }
    const service = median(rates.service)
    const row = (text: string) => printLine(`registrations  concurrency ${concurrency}  ${text}`)
    const rate = (way: string, perSecond: number) => row(`${way.padEnd(44)} ${Math.round(perSecond)}/s`)
    rate('begin, insert, insert, commit', median(rates.naive))
    if (rates.pgbench.length > 0) rate('the same statement by pgbench', median(rates.pgbench))
    else row('pgbench is not installed: no figure')
    rate('the statement alone, entries prepared beforehand', median(rates.alone))
    rate('the service (group commit, with cryptography)', service)
    row(`service / naive ${(service / median(rates.naive)).toFixed(1)} (target 8)`)
    if (rates.pgbench.length > 0)
      row(`service / pgbench ${(service / median(rates.pgbench)).toFixed(1)} (target above 1)`)
    row(`service / statement alone ${(service / median(rates.alone)).toFixed(2)} (at most 1)`)
  }
} finally {
  await close()
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
