import { pause } from '@eungmo/db/timing/pause'
import { FaultyProxy } from '../faulty-proxy.ts'
import { bothModes, formatLongest, type Scenario } from '../scenario.ts'

/** Noticing a silent connection takes up to 6 s, and becoming the leader again some more. */
const RECOVERY_TIMEOUT_MS = 15_000

let target = { host: '127.0.0.1', port: 0 }
let proxy = new FaultyProxy(() => target)

export const brokenNetwork: Scenario = {
  number: 7,
  title: 'lost responses, resets and half-open sockets between programs and database',
  modes: bothModes,
  async setUp() {
    proxy = new FaultyProxy(() => target)
    const port = await proxy.start()
    return {
      options: {
        databaseUrl(serverUrl) {
          const url = new URL(serverUrl)
          target = { host: url.hostname, port: Number(url.port) }
          url.host = `127.0.0.1:${port}`
          return url.href
        },
      },
      tearDown: () => proxy.stop(),
    }
  },
  async run(fixture, scale, random) {
    const recoveryTimes: number[] = []
    const rounds = scale === 'full' ? 2 : 1
    for (let round = 0; round < rounds; round++) {
      for (let burst = 0; burst < 3; burst++) {
        await pause(random.between(0, 300))
        await proxy.dropResponses(random.between(20, 250))
        recoveryTimes.push(await fixture.untilProgress(RECOVERY_TIMEOUT_MS))
        proxy.reset()
        recoveryTimes.push(await fixture.untilProgress(RECOVERY_TIMEOUT_MS))
      }
      await pause(random.between(0, 500))
      proxy.halfOpen()
      recoveryTimes.push(await fixture.untilProgress(RECOVERY_TIMEOUT_MS))
    }
    return { notes: `${7 * rounds} breaks; next count after ${formatLongest(recoveryTimes)} at worst` }
  },
}
