import { readCounts } from '../../support/read-counts.ts'
import { kafkaOnly, pause, type Scenario, slowest } from '../scenario.ts'

const RESUME_LIMIT = 20_000

export const brokerStalls: Scenario = {
  number: 6,
  title: 'broker killed for 3 s, then stopped (SIGSTOP)',
  modes: kafkaOnly,
  async play(stage, scale) {
    const { servers } = stage
    const restart = await servers.killBroker()
    await pause(3_000)
    const whileDown = (await readCounts(stage.probe)).outbox
    await restart()
    const times = [await stage.progress(RESUME_LIMIT)]

    process.kill(servers.brokerPid, 'SIGSTOP')
    await pause(scale === 'full' ? 30_000 : 7_000)
    const whileStopped = (await readCounts(stage.probe)).outbox
    process.kill(servers.brokerPid, 'SIGCONT')
    times.push(await stage.progress(RESUME_LIMIT))
    if (whileDown === 0 || whileStopped === 0)
      throw new Error('The outbox did not grow while the broker was away')
    return {
      notes: `outbox grew to ${whileDown} and ${whileStopped}; next count after ${slowest(times)} at worst`,
    }
  },
}
