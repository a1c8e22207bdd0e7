import { randomUUID } from 'node:crypto'
import { consumerEnvironment } from '@eungmo/config/environment'
import { openLink } from '@eungmo/db/connection/statement-link'
import { MIN_MESSAGE_ID, readOutbox } from '@eungmo/db/queries/outbox'
import type { MigratedDatabase } from '@eungmo/db/testing/migrated-database'
import { pause } from '@eungmo/db/timing/pause'
import { ensureTopic, openProducer, type TopicConfig } from '@eungmo/messaging/kafka/kafka-client'
import { createKafkaSource } from '@eungmo/messaging/kafka/kafka-source'
import { noMetrics } from '@eungmo/messaging/metrics/metrics'
import { quietLogger } from '@eungmo/messaging/testing/quiet-logger'
import { startConsumer } from '../src/consumer.ts'
import { createCountingDatabase } from '../test/support/counting-database.ts'
import { readCounts } from '../test/support/read-counts.ts'
import { fillOutbox, produce } from './bench-messages.ts'
import type { BenchServers } from './bench-servers.ts'
import { median, printRate, ROUNDS } from './print-figure.ts'

/** From messages on the topic to durable counts, against a consumer that only reads and commits offsets. */
export async function benchKafkaConsumer(
  { postgresUrl, brokers }: BenchServers,
  events: number,
): Promise<void> {
  const kafka = { brokers: brokers.split(','), clientId: 'bench', log: quietLogger }
  const topic = { topic: randomUUID(), partitions: 6, replicationFactor: 1 }
  await ensureTopic(kafka, topic)
  const producer = await openProducer(kafka, topic.topic)
  await produce(producer, events)
  await producer.close()

  const limits: number[] = []
  const rates: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    limits.push(await readingRate({ ...topic, brokers: brokers.split(',') }, events))
    const database = await createCountingDatabase(postgresUrl)
    rates.push(
      await countingRate(database, events, {
        KAFKA_BROKERS: brokers,
        KAFKA_TOPIC: topic.topic,
        KAFKA_VIEWS_TOPIC: `${topic.topic}-views`,
        KAFKA_GROUP: randomUUID(),
      }),
    )
    await database.drop()
  }
  printRate('consumer, Kafka to counts, events', median(rates), {
    name: 'a consumer that only reads',
    rate: median(limits),
  })
}

async function readingRate(
  topic: TopicConfig & { brokers: readonly string[] },
  events: number,
): Promise<number> {
  const reading = Promise.withResolvers<number>()
  let seen = 0
  let first = 0
  const reader = createKafkaSource({ ...topic, groupId: randomUUID(), log: quietLogger, metrics: noMetrics })
  const running = reader.run(async ({ messages }) => {
    first ||= performance.now()
    seen += messages.length
    if (seen === events) reading.resolve(events / ((performance.now() - first) / 1000))
    return true
  })
  const rate = await reading.promise
  await reader.stop()
  await running
  return rate
}

/** From outbox rows to durable counts, against a loop that only reads the rows. */
export async function benchOutboxConsumer({ postgresUrl }: BenchServers, events: number): Promise<void> {
  const database = await createCountingDatabase(postgresUrl)
  await fillOutbox(database.sql, events)
  const link = openLink(database.url)
  const start = performance.now()
  for (let after = MIN_MESSAGE_ID, rows = 0; rows < events; ) {
    const batch = await readOutbox(link, 'all', after, 5_000)
    after = batch.at(-1)?.messageId ?? after
    rows += batch.length
  }
  const limit = events / ((performance.now() - start) / 1000)
  await link.close()
  const rate = await countingRate(database, events, {})
  await database.drop()
  printRate('consumer, outbox to counts, events', rate, { name: 'a reader that only reads', rate: limit })
}

/** Events per second from the first durable count to the last. Rejects when the counts are not exact. */
async function countingRate(
  database: MigratedDatabase,
  events: number,
  variables: Record<string, string>,
): Promise<number> {
  const env = consumerEnvironment.parse({ DATABASE_URL: database.url, ...variables })
  const consumer = startConsumer(env, quietLogger, noMetrics)
  const total = async () => {
    const rows = await database.sql<
      { n: number }[]
    >`select coalesce(sum(total), 0)::int as n from analytics.event_totals`
    return rows[0]?.n ?? 0
  }
  let initial = 0
  while (initial === 0) initial = await total()
  const start = performance.now()
  let now = initial
  while (now < events) {
    await pause(20)
    now = await total()
  }
  const seconds = (performance.now() - start) / 1000
  await consumer.stop()
  const { channels, hourly, processed } = await readCounts(database.sql)
  if (now !== events || channels !== events || hourly !== events || processed !== events)
    throw new Error(`The counts are not exact: ${JSON.stringify({ now, channels, hourly, processed })}`)
  return (events - initial) / seconds
}
