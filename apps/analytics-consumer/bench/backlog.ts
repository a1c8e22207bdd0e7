import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pause } from '@eungmo/db/timing/pause'
import { createCountingDatabase } from '../test/support/counting-database.ts'
import { readCounts } from '../test/support/read-counts.ts'
import { fillOutbox } from './bench-messages.ts'
import { startBenchServers } from './bench-servers.ts'
import { print, printLoad } from './print-figure.ts'

/**
 * bun run bench:backlog [rows]: a day's backlog drains, in both modes, and the memory of no process grows
 * meanwhile.
 */
const ROWS = Number(process.argv[2] ?? 5_000_000)
/** Against the size after a tenth of the rows, when a process has allocated what it needs. */
const MAX_GROWTH = 1.5

printLoad()
const servers = await startBenchServers()
let failed = false
try {
  for (const brokers of servers.brokers ? ['', servers.brokers] : [''])
    failed = !(await drain(brokers)) || failed
} finally {
  await servers.stop()
}
process.exit(failed ? 1 : 0)

async function drain(brokers: string): Promise<boolean> {
  const mode = brokers ? 'Kafka' : 'outbox'
  const database = await createCountingDatabase(servers.postgresUrl)
  await fillOutbox(database.sql, ROWS)
  const env = { DATABASE_URL: database.url, KAFKA_BROKERS: brokers, LOG_LEVEL: 'warn' }
  const files = brokers
    ? ['../src/main.ts', '../../../packages/messaging/src/relay/main.ts']
    : ['../src/main.ts']
  const programs = files.map((file) =>
    Bun.spawn([process.execPath, fileURLToPath(new URL(file, import.meta.url))], {
      env: { PATH: process.env.PATH, ...env },
      stdout: 'inherit',
      stderr: 'inherit',
    }),
  )
  const start = performance.now()
  const settled = programs.map(() => 0)
  const largest = programs.map(() => 0)
  let total = 0
  while (total < ROWS) {
    await pause(500)
    const rows = await database.sql<
      { n: number }[]
    >`select coalesce(sum(total), 0)::int as n from analytics.event_totals`
    total = rows[0]?.n ?? 0
    for (const [n, program] of programs.entries()) {
      const size = residentMegabytes(program.pid)
      if (total < ROWS / 10) settled[n] = Math.max(settled[n] ?? 0, size)
      largest[n] = Math.max(largest[n] ?? 0, size)
    }
  }
  const seconds = (performance.now() - start) / 1000
  for (const program of programs) program.kill('SIGTERM')
  await Promise.all(programs.map((program) => program.exited))
  const counts = await readCounts(database.sql)
  await database.drop()
  const exact =
    counts.total === ROWS && counts.hourly === ROWS && counts.processed === ROWS && counts.outbox === 0
  const growth = Math.max(...largest.map((size, n) => size / (settled[n] ?? size)))
  const sizes = largest.map((size, n) => `${settled[n]} to ${size} MB`).join(', ')
  print(
    `backlog of ${ROWS} rows, ${mode}: ${seconds.toFixed(0)} s, ${Math.round(ROWS / seconds)}/s; memory ${sizes} (consumer${brokers ? ', relay' : ''}), ${growth.toFixed(2)} of its size after a tenth; counts ${exact ? 'exact' : `WRONG: ${JSON.stringify(counts)}`}`,
  )
  return exact && growth <= MAX_GROWTH
}

function residentMegabytes(pid: number): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}
