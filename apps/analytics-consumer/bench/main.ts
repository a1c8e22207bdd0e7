import { startBenchServers } from './bench-servers.ts'
import { benchKafkaConsumer, benchOutboxConsumer } from './consumer-bench.ts'
import { benchLatency } from './latency-bench.ts'
import { print, printLoad } from './print-figure.ts'
import { benchRelay } from './relay-bench.ts'

/** Every figure with its ratio to a peer or limit that is measured in the same run. */
printLoad()
const servers = await startBenchServers()
try {
  if (servers.brokers === '') print('No Kafka broker can run here: its figures are left out.')
  else {
    await benchRelay(servers)
    await benchKafkaConsumer(servers)
  }
  await benchOutboxConsumer(servers)
  await benchLatency(servers, '')
  if (servers.brokers !== '') await benchLatency(servers, servers.brokers)
} finally {
  await servers.stop()
}
process.exit(0)
