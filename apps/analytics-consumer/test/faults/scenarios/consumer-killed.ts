import { pause } from '@eungmo/db/timing/pause'
import { holdingLocks, untilBlocked } from '../locks.ts'
import { bothModes, formatLongest, type Scenario } from '../scenario.ts'

/** Of the Kafka group: a killed member keeps its partitions for so long. */
const SESSION_TIMEOUT_MS = 6_000

/**
 * The consumer is killed while its counting statement waits inside the server. The statement commits, and the
 * batch is delivered again.
 */
export const consumerKilled: Scenario = {
  number: 3,
  title: 'kill -9 of the consumer after the SQL, before the offset commit',
  modes: bothModes,
  async run(fixture, scale, random) {
    const recoveryTimes: number[] = []
    const rounds = scale === 'full' ? 4 : 1
    for (let round = 0; round < rounds; round++) {
      await pause(random.between(0, 1_000))
      await holdingLocks(fixture, 'select 1 from analytics.event_totals for update', async () => {
        await untilBlocked(fixture, 'eungmo consumer')
        await fixture.consumers.at(-1)?.kill()
      })
      await pause(random.between(0, 400))
      fixture.startConsumer()
      recoveryTimes.push(await fixture.untilProgress(SESSION_TIMEOUT_MS + 2_000))
    }
    return { notes: `${rounds} kills; next count after ${formatLongest(recoveryTimes)} at worst` }
  },
}
