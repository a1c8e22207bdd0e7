import { randomUUID } from 'node:crypto'
import { pause } from '@eungmo/db/timing/pause'
import { ensureTopic, openProducer } from '@eungmo/messaging/kafka/kafka-client'
import { startRelay } from '@eungmo/messaging/relay/start-relay'
import { quietLogger } from '@eungmo/messaging/testing/quiet-logger'
import { createCountingDatabase } from '../test/support/counting-database.ts'
import { readCounts } from '../test/support/read-counts.ts'
import { fillOutbox, produce } from './bench-messages.ts'
import type { BenchServers } from './bench-servers.ts'
import { median, printRate, ROUNDS } from './print-figure.ts'

/**
 * Measures from rows in the outbox until Kafka has acknowledged them and they are deleted, against a producer
 * that only sends.
 */
export async function benchRelay(servers: BenchServers, rows: number): Promise<void> {
  const limits: number[] = []
  const rates: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    limits.push(await sendingRate(servers, rows))
    rates.push(await relayingRate(servers, rows))
  }
  printRate('relay, outbox to Kafka, messages', median(rates), {
    name: 'a producer that only sends',
    rate: median(limits),
  })
}

async function sendingRate({ brokers }: BenchServers, count: number): Promise<number> {
  const kafka = { brokers: brokers.split(','), clientId: 'bench', log: quietLogger }
  const topic = randomUUID()
  await ensureTopic(kafka, { topic, partitions: 6, replicationFactor: 1 })
  const producer = await openProducer(kafka, topic)
  try {
    return await produce(producer, count)
  } finally {
    await producer.close()
  }
}

async function relayingRate({ postgresUrl, brokers }: BenchServers, rows: number): Promise<number> {
  const database = await createCountingDatabase(postgresUrl)
  await fillOutbox(database.sql, rows)
  const outbox = async () => (await readCounts(database.sql)).outbox
  const topic = randomUUID()
  const relay = startRelay({
    databaseUrl: database.url,
    brokers: brokers.split(','),
    topic,
    viewsTopic: `${topic}-views`,
    replicationFactor: 1,
    log: quietLogger,
  })
  while ((await outbox()) === rows) await pause(5)
  const published = rows - (await outbox())
  const start = performance.now()
  while ((await outbox()) > 0) await pause(20)
  const seconds = (performance.now() - start) / 1000
  await relay.stop()
  await database.drop()
  return (rows - published) / seconds
}
