import { bothModes, pause, type Scenario, slowest } from '../scenario.ts'

/** Counting must go on so soon after the server takes connections again. */
const RESUME_LIMIT = 2_000

export const databaseRestarts: Scenario = {
  number: 4,
  title: 'immediate restarts of PostgreSQL',
  modes: bothModes,
  async play(stage, scale) {
    const times: number[] = []
    const rounds = scale === 'full' ? 6 : 2
    for (let round = 0; round < rounds; round++) {
      await pause(800)
      await stage.servers.restartPostgres()
      times.push(await stage.progress(RESUME_LIMIT))
    }
    return { notes: `${rounds} restarts; next count after ${slowest(times)} at worst` }
  },
}
