import { randomUUID } from 'node:crypto'
import { ensureTopic, openKafka, openProducer } from '@eungmo/events/kafka-client'
import { startRelay } from '@eungmo/events/start-relay'
import { quietLog } from '../test/support/quiet-log.ts'
import { readCounts } from '../test/support/read-counts.ts'
import { migratedDatabase } from '../test/support/test-database.ts'
import { fillOutbox, produce } from './bench-messages.ts'
import type { BenchServers } from './bench-servers.ts'
import { printRate } from './print-figure.ts'
import { secondsUntil } from './until-equal.ts'

/** From rows in the outbox to rows acknowledged by Kafka and deleted, against a producer that only sends. */
export async function benchRelay({ postgresUrl, brokers }: BenchServers, rows: number): Promise<void> {
  const kafka = openKafka({ brokers, clientId: 'bench', log: quietLog })
  const topic = randomUUID()
  await ensureTopic(kafka, { topic, partitions: 6, replicationFactor: 1 })
  const producer = await openProducer(kafka, topic)
  const limit = await produce(producer, rows)
  await producer.close()

  const database = await migratedDatabase(postgresUrl)
  await fillOutbox(database.sql, rows)
  const outbox = async () => (await readCounts(database.sql)).outbox
  const relay = startRelay({
    databaseUrl: database.url,
    brokers,
    topic: randomUUID(),
    replicationFactor: 1,
    log: quietLog,
  })
  while ((await outbox()) === rows) await new Promise((resolve) => setTimeout(resolve, 5))
  const begun = rows - (await outbox())
  const seconds = await secondsUntil(outbox, 0)
  await relay.stop()
  await database.drop()
  printRate('relay, outbox to Kafka, messages', (rows - begun) / seconds, {
    name: 'a producer that only sends',
    rate: limit,
  })
}
