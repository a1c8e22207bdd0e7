import { holdingLocks, untilBlocked } from '../locks.ts'
import { bothModes, pause, type Scenario, slowest } from '../scenario.ts'

const SESSION_TIMEOUT = 6_000

/**
 * The counting statement is held up inside the server, its consumer killed; it commits, and the batch comes
 * again.
 */
export const consumerKilled: Scenario = {
  number: 3,
  title: 'kill -9 of the consumer after the SQL, before the offset commit',
  modes: bothModes,
  async play(stage, scale) {
    const times: number[] = []
    const rounds = scale === 'full' ? 4 : 1
    for (let round = 0; round < rounds; round++) {
      await pause(500)
      await holdingLocks(stage, 'select 1 from analytics.event_totals for update', async () => {
        await untilBlocked(stage, 'eungmo consumer')
        await stage.consumers.at(-1)?.kill()
      })
      await pause(200)
      stage.startConsumer()
      times.push(await stage.progress(SESSION_TIMEOUT + 2_000))
    }
    return { notes: `${rounds} kills; next count after ${slowest(times)} at worst` }
  },
}
