import { FaultyProxy } from '../faulty-proxy.ts'
import { bothModes, type Scenario, slowest } from '../scenario.ts'

/** Notice a silent connection (6 s), and take the lead again. */
const RESUME_LIMIT = 15_000

let target = { host: '127.0.0.1', port: 0 }
let proxy = new FaultyProxy(() => target)

export const brokenNetwork: Scenario = {
  number: 7,
  title: 'lost responses, resets and half-open sockets between programs and database',
  modes: bothModes,
  async prepare() {
    proxy = new FaultyProxy(() => target)
    const port = await proxy.start()
    return {
      stage: {
        databaseUrl(direct) {
          const url = new URL(direct)
          target = { host: url.hostname, port: Number(url.port) }
          url.host = `127.0.0.1:${port}`
          return url.href
        },
      },
      stop: () => proxy.stop(),
    }
  },
  async play(stage, scale) {
    const times: number[] = []
    const rounds = scale === 'full' ? 2 : 1
    for (let round = 0; round < rounds; round++) {
      for (let burst = 0; burst < 3; burst++) {
        await proxy.dropResponses(100)
        times.push(await stage.progress(RESUME_LIMIT))
        proxy.reset()
        times.push(await stage.progress(RESUME_LIMIT))
      }
      proxy.halfOpen()
      times.push(await stage.progress(RESUME_LIMIT))
    }
    return { notes: `${7 * rounds} breaks; next count after ${slowest(times)} at worst` }
  },
}
