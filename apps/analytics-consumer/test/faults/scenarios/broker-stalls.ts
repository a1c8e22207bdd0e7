import { pause } from '@eungmo/db/timing/pause'
import { readCounts } from '../../support/read-counts.ts'
import { formatLongest, kafkaOnly, type Scenario } from '../scenario.ts'

const RECOVERY_TIMEOUT_MS = 20_000

export const brokerStalls: Scenario = {
  number: 6,
  title: 'broker killed for 3 s, then stopped (SIGSTOP)',
  modes: kafkaOnly,
  breaksServers: true,
  async run(fixture, scale) {
    const { servers } = fixture
    const restartBroker = await servers.killBroker()
    await pause(3_000)
    const whileDown = (await readCounts(fixture.probe)).outbox
    await restartBroker()
    const recoveryTimes = [await fixture.untilProgress(RECOVERY_TIMEOUT_MS)]

    process.kill(servers.brokerPid, 'SIGSTOP')
    await pause(scale === 'full' ? 30_000 : 7_000)
    const whileStopped = (await readCounts(fixture.probe)).outbox
    process.kill(servers.brokerPid, 'SIGCONT')
    recoveryTimes.push(await fixture.untilProgress(RECOVERY_TIMEOUT_MS))
    if (whileDown === 0 || whileStopped === 0)
      throw new Error('The outbox did not grow while the broker was unavailable')
    return {
      notes: `outbox grew to ${whileDown} and ${whileStopped}; next count after ${formatLongest(recoveryTimes)} at worst`,
    }
  },
}
