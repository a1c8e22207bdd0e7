import { pause } from '@eungmo/db/timing/pause'
import { readCounts } from '../../support/read-counts.ts'
import { holdingLocks, untilBlocked } from '../locks.ts'
import { formatLongest, kafkaOnly, type Scenario } from '../scenario.ts'

/**
 * The relay is killed while the deletion of rows that Kafka acknowledged waits for a lock; the rows are
 * published again.
 */
export const relayKilled: Scenario = {
  number: 2,
  title: "kill -9 of the relay after Kafka's acknowledgement, before the delete",
  modes: kafkaOnly,
  async run(fixture, scale, random) {
    const recoveryTimes: number[] = []
    const rounds = scale === 'full' ? 6 : 2
    let republished = 0
    for (let round = 0; round < rounds; round++) {
      await fixture.relay?.stop()
      await pause(random.between(0, 600))
      await holdingLocks(fixture, 'select 1 from outbox for update', async () => {
        const { outbox } = await readCounts(fixture.probe)
        fixture.startRelay()
        await untilBlocked(fixture, 'eungmo relay')
        await pause(random.between(0, 100))
        await fixture.relay?.kill()
        republished += outbox
      })
      // The delete that had reached the server may have committed; later rows are published twice.
      fixture.startRelay()
      recoveryTimes.push(await fixture.untilProgress(10_000))
    }
    return {
      notes: `${rounds} kills with ${republished} rows in the outbox; next count after ${formatLongest(recoveryTimes)} at worst`,
    }
  },
}
