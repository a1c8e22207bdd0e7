import { pause } from '@eungmo/db/timing/pause'
import { bothModes, formatLongest, type Scenario } from '../scenario.ts'

const CHANGE_INTERVAL_MS = { bounded: 1_000, full: 5_000 }
const RECOVERY_TIMEOUT_MS = 10_000

export const consumersComeAndGo: Scenario = {
  number: 8,
  title: 'a consumer added or removed every 5 s',
  modes: bothModes,
  async run(fixture, scale, random) {
    const recoveryTimes: number[] = []
    const rounds = scale === 'full' ? 6 : 2
    for (let round = 0; round < rounds; round++) {
      if (round % 2 === 0) fixture.startConsumer()
      else {
        const code = await fixture.consumers.at(-2)?.stop()
        if (code !== 0) throw new Error(`A consumer exited with ${code} on SIGTERM`)
      }
      await pause(CHANGE_INTERVAL_MS[scale] * random.between(0.5, 1.5))
      recoveryTimes.push(await fixture.untilProgress(RECOVERY_TIMEOUT_MS))
    }
    return { notes: `${rounds} changes; a pause of ${formatLongest(recoveryTimes)} at worst afterwards` }
  },
}
