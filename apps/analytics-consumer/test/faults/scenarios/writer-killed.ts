import { exclusiveEventGate } from '@eungmo/db/connection/advisory-locks'
import { pause } from '@eungmo/db/timing/pause'
import { holdingLocks, untilBlocked } from '../locks.ts'
import { bothModes, formatLongest, type Scenario } from '../scenario.ts'

/** Half of the kills hit a batch that has reached the server and commits after its writer has ended. */
export const writerKilled: Scenario = {
  number: 1,
  title: 'kill -9 of the writer in mid-batch, clients retry',
  modes: bothModes,
  async run(fixture, scale, random) {
    const recoveryTimes: number[] = []
    const rounds = scale === 'full' ? 8 : 3
    for (let round = 0; round < rounds; round++) {
      await pause(random.between(0, 600))
      if (round % 2 === 0) {
        await holdingLocks(
          fixture,
          `select ${exclusiveEventGate(`'${fixture.eventId}'::uuid`)}`,
          async () => {
            await untilBlocked(fixture, 'eungmo entries')
            await fixture.writer.kill()
          },
        )
      } else await fixture.writer.kill()
      fixture.startWriter()
      recoveryTimes.push(await fixture.untilProgress(10_000))
    }
    return { notes: `${rounds} kills; next count after ${formatLongest(recoveryTimes)} at worst` }
  },
}
