import { type Connection, connect, type Sql } from '@eungmo/db/connection/client'
import { pause } from '@eungmo/db/timing/pause'
import { readCounts } from '../../support/read-counts.ts'
import type { Fixture } from '../fixture.ts'
import { bothModes, type Scenario } from '../scenario.ts'
import { timeoutScale } from '../timeout-scale.ts'

const IDLE_CONNECTIONS = 300
/** Three hundred logins at once would be another scenario. */
const POOL_SIZE = 30
/** Entries that may wait at any moment: what arrives in four seconds. */
const MAX_WAITING = 1_000
const MEASURE_INTERVAL_MS = 250
const DURATION_MS = { bounded: 4_000, full: 75_000 }

export const heldSnapshot: Scenario = {
  number: 10,
  title: 'an open snapshot and 300 idle connections',
  modes: bothModes,
  async run(fixture, scale, random) {
    const pools: Connection[] = []
    await pause(random.between(0, 1_000))
    try {
      while (pools.length < IDLE_CONNECTIONS / POOL_SIZE) {
        const pool = connect(fixture.database.url, { max: POOL_SIZE, name: 'idle' })
        pools.push(pool)
        // postgres.js opens a connection for each query while it may open more.
        await Promise.all(Array.from({ length: POOL_SIZE }, () => pool.sql`select 1`))
      }
      const idle = await countIdleConnections(fixture.database.sql)
      if (idle < IDLE_CONNECTIONS) throw new Error(`Only ${idle} idle connections are open`)
      const worst = await withOpenSnapshot(fixture.database.sql, () =>
        mostWaiting(fixture, DURATION_MS[scale]),
      )
      if (worst > MAX_WAITING * timeoutScale()) throw new Error(`${worst} entries waited at a time`)
      return { notes: `${worst} entries waited at worst` }
    } finally {
      await Promise.all(pools.map((pool) => pool.close()))
    }
  },
}

async function countIdleConnections(sql: Sql): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from pg_stat_activity
    where datname = current_database() and application_name = 'idle'`
  return row?.n ?? 0
}

/** Runs `action` while a transaction holds a snapshot, which keeps every dead row of the outbox. */
async function withOpenSnapshot<T>(sql: Sql, action: () => Promise<T>): Promise<T> {
  const done = Promise.withResolvers<void>()
  const snapshot = sql.begin('isolation level repeatable read', async (tx) => {
    await tx`select count(*) from outbox`
    await done.promise
  })
  try {
    return await action()
  } finally {
    done.resolve()
    await snapshot
  }
}

async function mostWaiting(fixture: Fixture, durationMs: number): Promise<number> {
  const end = performance.now() + durationMs
  let worst = 0
  while (performance.now() < end) {
    const { participants, total } = await readCounts(fixture.probe)
    worst = Math.max(worst, participants - total)
    await pause(MEASURE_INTERVAL_MS)
  }
  return worst
}
