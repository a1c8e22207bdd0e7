import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect, type Sql } from '@eungmo/db/connection/client'
import { processorTimeMs } from '@eungmo/tooling/bench/processor-time'
import { freePort } from '@eungmo/tooling/free-port'
import { startPostgres } from '@eungmo/tooling/postgres/server'
import { BENCH_DIRECTORY } from './load.ts'
import {
  DRAWN_ENTRIES,
  DRAWN_WINNERS,
  type EventAddress,
  jobOf,
  type PathName,
  type Target,
} from './target.ts'

const START_TIMEOUT_MS = 30_000
const POLL_INTERVAL_MS = 50

/** Runs a script of bench/peers with a free port as its first argument, until it serves `path`. */
export async function startServer(script: string, path: string, args: readonly string[] = []) {
  const port = await freePort()
  const child = Bun.spawn([process.execPath, `peers/${script}`, String(port), ...args], {
    cwd: BENCH_DIRECTORY,
    env: { ...process.env, NODE_ENV: 'production' },
    stdout: 'inherit',
    stderr: 'inherit',
  })
  const baseUrl = `http://127.0.0.1:${port}`
  const stop = async () => {
    child.kill()
    await child.exited
  }
  const deadline = Date.now() + START_TIMEOUT_MS
  while (!(await isServed(baseUrl + path))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop()
      throw new Error(`${script} did not start.`)
    }
    await Bun.sleep(POLL_INTERVAL_MS)
  }
  return { baseUrl, pid: child.pid, stop }
}

async function isServed(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    // Nothing listens yet.
    return false
  }
}

/** Express, drizzle and pg on a PostgreSQL of its own, which is set up as the product's is. */
export async function startPeerTarget(dataDir: string): Promise<Target> {
  const postgres = await startPostgres({ dataDir })
  try {
    const { sql, close } = connect(postgres.url, { max: 1 })
    await sql.unsafe(readFileSync(join(BENCH_DIRECTORY, 'peers/schema.sql'), 'utf8'))
    const drawn = await insertEvent(sql, 'drawn', DRAWN_ENTRIES)
    await sql`
      insert into winners (event_id, rank, participant_id)
      select event_id, row_number() over (order by id), id from participants where event_id = ${drawn.id}
      limit ${DRAWN_WINNERS}`
    const server = await startServer('express.ts', '/readyz', [postgres.url])
    let open = drawn
    return {
      name: 'peer',
      serverPid: server.pid,
      job: (path) => ({ ...jobOf(server.baseUrl, open, drawn, path), receipts: false }),
      processorMs() {
        const [own, database] = [processorTimeMs(server.pid), processorTimeMs(postgres.pid)]
        return own === null || database === null ? null : own + database
      },
      async openEvent(participants) {
        open = await insertEvent(sql, crypto.randomUUID(), participants)
      },
      async checkSamples() {},
      async stop() {
        await server.stop()
        await close()
        await postgres.stop()
      },
    }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}

async function insertEvent(sql: Sql, slug: string, participants: number): Promise<EventAddress> {
  const [event] = await sql<EventAddress[]>`
    insert into events (slug, title, entry_paths, starts_at, ends_at, announcement_date)
    values (${slug}, '성능 측정 이벤트', array['우리동네TV', 'SNS', '링고비즈'], now() - interval '1 hour',
      now() + interval '10 days', now() + interval '11 days')
    returning id, slug`
  if (!event) throw new Error('The event was not inserted.')
  await sql`
    insert into participants (event_id, name, phone_number, entry_path, application_number)
    select ${event.id}::uuid, '김은모', '011' || lpad(n::text, 8, '0'), 'SNS', n::text
    from generate_series(1, ${participants}) n`
  await sql`vacuum analyze participants`
  return event
}

/** A bare Bun.serve that stores nothing. Its pages are as long as the product's. */
export async function startLimitTarget(product: Target): Promise<Target> {
  const { baseUrl, pid, stop } = await startServer('echo.ts', '/bytes/1')
  const lengths = new Map<PathName, number>()
  for (const path of ['entry page', 'event JSON', 'winners page'] as const) {
    const response = await fetch(product.job(path).url)
    lengths.set(path, (await response.arrayBuffer()).byteLength)
  }
  return {
    name: 'limit',
    serverPid: pid,
    job(path) {
      const { kind, eventId } = product.job(path)
      const url = kind === 'get' ? `${baseUrl}/bytes/${lengths.get(path)}` : `${baseUrl}/echo`
      return { url, kind, receipts: false, ...(eventId !== undefined && { eventId }) }
    },
    processorMs: () => processorTimeMs(pid),
    async openEvent() {},
    async checkSamples() {},
    stop,
  }
}
