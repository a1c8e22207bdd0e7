import { bothModes, pause, type Scenario, slowest } from '../scenario.ts'

const EVERY = { bounded: 2_000, full: 5_000 }
const RESUME_LIMIT = 10_000

export const consumersComeAndGo: Scenario = {
  number: 8,
  title: 'a consumer added or removed every 5 s',
  modes: bothModes,
  async play(stage, scale) {
    const times: number[] = []
    const rounds = scale === 'full' ? 6 : 2
    for (let round = 0; round < rounds; round++) {
      if (round % 2 === 0) stage.startConsumer()
      else {
        const code = await stage.consumers.at(-2)?.stop()
        if (code !== 0) throw new Error(`A consumer ended with ${code} on SIGTERM`)
      }
      await pause(EVERY[scale])
      times.push(await stage.progress(RESUME_LIMIT))
    }
    return { notes: `${rounds} changes; a pause of ${slowest(times)} at worst afterwards` }
  },
}
