import { pause } from '@eungmo/db/timing/pause'
import { readCounts } from '../../support/read-counts.ts'
import { formatLongest, kafkaOnly, type Scenario } from '../scenario.ts'

const RECOVERY_TIMEOUT_MS = 20_000

export const brokerStalls: Scenario = {
  number: 6,
  title: 'broker killed for 3 s, then stopped (SIGSTOP) within 3 s',
  modes: kafkaOnly,
  breaksServers: true,
  async run(fixture, scale, random) {
    const { servers } = fixture
    const restartBroker = await servers.killBroker()
    await pause(random.between(2_000, 4_000))
    const whileDown = (await readCounts(fixture.probe)).outbox
    await restartBroker()
    // In the seconds in which the clients come back; a later stall finds them connected.
    const stalledAfterMs = random.between(0, 3_000)
    await pause(stalledAfterMs)
    process.kill(servers.brokerPid, 'SIGSTOP')
    await pause(scale === 'full' ? 30_000 : 7_000)
    const whileStopped = (await readCounts(fixture.probe)).outbox
    process.kill(servers.brokerPid, 'SIGCONT')
    const recoveryTimes = [await fixture.untilProgress(RECOVERY_TIMEOUT_MS)]
    if (whileDown === 0 || whileStopped === 0)
      throw new Error('The outbox did not grow while the broker was unavailable')
    return {
      notes: `stalled ${Math.round(stalledAfterMs)} ms after its return; outbox grew to ${whileDown} and ${whileStopped}; next count after ${formatLongest(recoveryTimes)} at worst`,
    }
  },
}
