import { readCounts } from '../../support/read-counts.ts'
import { holdingLocks, untilBlocked } from '../locks.ts'
import { kafkaOnly, pause, type Scenario, slowest } from '../scenario.ts'

/**
 * The deletion of what Kafka has acknowledged is held up, the relay killed, and everything published again.
 */
export const relayKilled: Scenario = {
  number: 2,
  title: "kill -9 of the relay after Kafka's acknowledgement, before the delete",
  modes: kafkaOnly,
  async play(stage, scale) {
    const times: number[] = []
    const rounds = scale === 'full' ? 6 : 2
    let twice = 0
    for (let round = 0; round < rounds; round++) {
      await stage.relay?.stop()
      await pause(300)
      await holdingLocks(stage, 'select 1 from outbox for update', async () => {
        const { outbox } = await readCounts(stage.probe)
        stage.startRelay()
        await untilBlocked(stage, 'eungmo relay')
        await stage.relay?.kill()
        twice += outbox
      })
      // The delete that had reached the server may have gone through; what came after it is published twice.
      stage.startRelay()
      times.push(await stage.progress(10_000))
    }
    return {
      notes: `${rounds} kills with ${twice} rows in hand; next count after ${slowest(times)} at worst`,
    }
  },
}
