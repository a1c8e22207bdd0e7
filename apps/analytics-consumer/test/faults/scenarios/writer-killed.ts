import { exclusiveEventGate } from '@eungmo/db/connection/advisory-locks'
import { holdingLocks, untilBlocked } from '../locks.ts'
import { bothModes, pause, type Scenario, slowest } from '../scenario.ts'

/** Half of the kills hit a batch that has reached the server and commits after its writer is gone. */
export const writerKilled: Scenario = {
  number: 1,
  title: 'kill -9 of the writer in mid-batch, clients retry',
  modes: bothModes,
  async play(stage, scale) {
    const times: number[] = []
    const rounds = scale === 'full' ? 8 : 3
    for (let round = 0; round < rounds; round++) {
      await pause(300)
      if (round % 2 === 0) {
        await holdingLocks(stage, `select ${exclusiveEventGate(`'${stage.eventId}'::uuid`)}`, async () => {
          await untilBlocked(stage, 'eungmo entries')
          await stage.writer.kill()
        })
      } else await stage.writer.kill()
      stage.startWriter()
      times.push(await stage.progress(10_000))
    }
    return { notes: `${rounds} kills; next count after ${slowest(times)} at worst` }
  },
}
