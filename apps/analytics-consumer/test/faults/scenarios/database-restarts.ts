import { pause } from '@eungmo/db/timing/pause'
import { bothModes, formatLongest, type Scenario } from '../scenario.ts'

/** Counting must continue within this time after the server accepts connections again. */
const RECOVERY_TIMEOUT_MS = 2_000

export const databaseRestarts: Scenario = {
  number: 4,
  title: 'immediate restarts of PostgreSQL',
  modes: bothModes,
  breaksServers: true,
  async run(fixture, scale, random) {
    const recoveryTimes: number[] = []
    const rounds = scale === 'full' ? 6 : 2
    for (let round = 0; round < rounds; round++) {
      await pause(random.between(0, 1_600))
      await fixture.servers.restartPostgres()
      recoveryTimes.push(await fixture.untilProgress(RECOVERY_TIMEOUT_MS))
    }
    return { notes: `${rounds} restarts; next count after ${formatLongest(recoveryTimes)} at worst` }
  },
}
