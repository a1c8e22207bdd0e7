import { randomUUID } from 'node:crypto'
import { consumerEnvironment } from '@eungmo/config/environment'
import { listen } from '@eungmo/db/connection/listener'
import { COUNTS_CHANNEL, createNotifier, OUTBOX_CHANNEL } from '@eungmo/db/connection/notifier'
import { pause } from '@eungmo/db/timing/pause'
import { noMetrics } from '@eungmo/messaging/metrics/metrics'
import { startRelay } from '@eungmo/messaging/relay/start-relay'
import { quietLogger } from '@eungmo/messaging/testing/quiet-logger'
import { startConsumer } from '../src/consumer.ts'
import { createCountingDatabase } from '../test/support/counting-database.ts'
import { seedEvent } from '../test/support/seed-event.ts'
import { writeEntries } from '../test/support/write-entries.ts'
import type { BenchServers } from './bench-servers.ts'
import { print } from './print-figure.ts'

const ENTRIES_PER_SECOND = 200
const MAX_P95_MS = 200
/** The first entries are left out of the figures: connections are opened and statements planned. */
const WARM_UP_SHARE = 0.1

/**
 * Measures from an entry's commit until a web process, woken by NOTIFY, has read a total that includes it.
 * The server-sent event that follows costs only the network.
 */
export async function benchLatency(
  { postgresUrl }: BenchServers,
  brokers: string,
  entries: number,
): Promise<void> {
  const database = await createCountingDatabase(postgresUrl)
  const { sql, url } = database
  const eventId = await seedEvent(sql)
  const topic = randomUUID()
  const relay =
    brokers === ''
      ? null
      : startRelay({
          databaseUrl: url,
          brokers: brokers.split(','),
          topic,
          viewsTopic: `${topic}-views`,
          replicationFactor: 1,
          log: quietLogger,
        })
  const env = consumerEnvironment.parse({
    DATABASE_URL: url,
    KAFKA_BROKERS: brokers,
    KAFKA_TOPIC: topic,
    KAFKA_VIEWS_TOPIC: `${topic}-views`,
    KAFKA_GROUP: topic,
  })
  const consumer = startConsumer(env, quietLogger, noMetrics)
  const notifier = createNotifier(url, OUTBOX_CHANNEL)

  const committed: number[] = []
  const latencies: number[] = []
  const done = Promise.withResolvers<void>()
  let reading = false
  let again = false
  async function read(): Promise<void> {
    reading = true
    do {
      again = false
      const [row] = await sql<{ total: number }[]>`
        select total::int as total from analytics.event_totals where event_id = ${eventId}`
      const now = performance.now()
      while (latencies.length < (row?.total ?? 0)) latencies.push(now - (committed[latencies.length] ?? now))
      if (latencies.length >= entries) done.resolve()
    } while (again)
    reading = false
  }
  const wake = () => {
    again = true
    if (!reading) void read()
  }
  const listener = listen(url, COUNTS_CHANNEL, { onNotify: wake, onConnect: wake })

  const start = performance.now()
  for (let n = 0; n < entries; n++) {
    const wait = start + (n * 1000) / ENTRIES_PER_SECOND - performance.now()
    await pause(Math.max(0, wait))
    await writeEntries(sql, eventId, 1)
    committed.push(performance.now())
    notifier.notify()
  }
  await done.promise
  await Promise.all([listener.close(), notifier.close(), consumer.stop(), relay?.stop()])
  await database.drop()

  const sorted = latencies.slice(entries * WARM_UP_SHARE).sort((a, b) => a - b)
  const at = (share: number) => `${(sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)} ms`
  const ratio = ((sorted[Math.floor(sorted.length * 0.95)] ?? 0) / MAX_P95_MS).toFixed(2)
  print(
    `commit to dashboard at ${ENTRIES_PER_SECOND}/s, ${brokers ? 'Kafka' : 'outbox'}: p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}; p95 is ${ratio} of the limit of ${MAX_P95_MS} ms`,
  )
}
