import { parseArgs } from 'node:util'
import { z } from 'zod'
import { startBenchServers } from './bench-servers.ts'
import { benchKafkaConsumer, benchOutboxConsumer } from './consumer-bench.ts'
import { benchLatency } from './latency-bench.ts'
import { print, printLoad } from './print-figure.ts'
import { benchRelay } from './relay-bench.ts'

/**
 * bun run bench [--share 1]: prints every figure with its ratio to a peer or limit that is measured in the
 * same run. A smaller share takes less time and is less reliable.
 */
const { values } = parseArgs({ options: { share: { type: 'string', default: '1' } } })
const share = z.coerce.number().positive().max(10).parse(values.share)
const of = (count: number) => Math.ceil(count * share)
printLoad()
const servers = await startBenchServers()
try {
  if (servers.brokers === '') print('No Kafka broker can run here, so its figures are missing.')
  else {
    await benchRelay(servers, of(300_000))
    await benchKafkaConsumer(servers, of(600_000))
  }
  await benchOutboxConsumer(servers, of(400_000))
  await benchLatency(servers, '', of(4_000))
  if (servers.brokers !== '') await benchLatency(servers, servers.brokers, of(4_000))
} finally {
  await servers.stop()
}
process.exit(0)
