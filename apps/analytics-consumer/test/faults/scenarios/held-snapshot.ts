import { type Connection, connect } from '@eungmo/db/connection/client'
import { readCounts } from '../../support/read-counts.ts'
import { bothModes, pause, type Scenario } from '../scenario.ts'
import { patience } from '../timeout-scale.ts'

const IDLE_CONNECTIONS = 300
const GROUP = 30
/** Entries that may wait at any moment: four seconds' worth. */
const LAG_LIMIT = 1_000

export const heldSnapshot: Scenario = {
  number: 10,
  title: 'an open snapshot and 300 idle connections',
  modes: bothModes,
  async play(stage, scale) {
    const pools: Connection[] = []
    try {
      // In groups: three hundred logins at once are another scenario.
      for (let group = 0; group < IDLE_CONNECTIONS / GROUP; group++) {
        const pool = connect(stage.database.url, { max: GROUP, name: 'idle' })
        pools.push(pool)
        await Promise.all(Array.from({ length: GROUP }, () => pool.sql`select pg_sleep(0.2)`))
      }
      const over = Promise.withResolvers<void>()
      const snapshot = stage.database.sql.begin('isolation level repeatable read', async (tx) => {
        await tx`select count(*) from outbox`
        await over.promise
      })
      let worst = 0
      const end = performance.now() + (scale === 'full' ? 75_000 : 4_000)
      try {
        while (performance.now() < end) {
          const { participants, total } = await readCounts(stage.probe)
          worst = Math.max(worst, participants - total)
          await pause(250)
        }
      } finally {
        over.resolve()
        await snapshot
      }
      if (worst > LAG_LIMIT * patience()) throw new Error(`${worst} entries waited at a time`)
      return { notes: `${worst} entries waited at worst` }
    } finally {
      await Promise.all(pools.map((pool) => pool.close()))
    }
  },
}
