import { randomUUID } from 'node:crypto'
import { consumerEnvironment } from '@eungmo/config/environment'
import { listen } from '@eungmo/db/connection/listener'
import type { MigratedDatabase } from '@eungmo/db/testing/migrated-database'
import { noMetrics } from '@eungmo/messaging/metrics/metrics'
import { startRelay } from '@eungmo/messaging/relay/start-relay'
import { writeOutbox } from '@eungmo/messaging/testing/outbox-rows'
import { quietLogger } from '@eungmo/messaging/testing/quiet-logger'
import { sampleViews } from '@eungmo/messaging/testing/sample-message'
import { afterEach, describe, expect, inject, test, vi } from 'vitest'
import { startConsumer } from '../src/consumer.ts'
import { createCountingDatabase } from './support/counting-database.ts'
import { readCounts, settledCounts } from './support/read-counts.ts'
import { seedEvent } from './support/seed-event.ts'
import { writeEntries } from './support/write-entries.ts'

const kafkaBrokers = inject('kafkaBrokers')
const obstacle = inject('kafkaObstacle')
const WAIT = { timeout: 45_000, interval: 50 }
const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function createDatabase(): Promise<MigratedDatabase> {
  const fresh = await createCountingDatabase(inject('postgresUrl'))
  cleanups.push(() => fresh.drop())
  return fresh
}

function startTestConsumer(url: string, brokers: string, topic: string) {
  const env = consumerEnvironment.parse({
    DATABASE_URL: url,
    KAFKA_BROKERS: brokers,
    KAFKA_TOPIC: topic,
    KAFKA_VIEWS_TOPIC: `${topic}-views`,
    KAFKA_GROUP: topic,
  })
  const started = startConsumer(env, quietLogger, noMetrics)
  started.ended.catch(() => undefined)
  cleanups.push(() => started.stop())
  return started
}

/** Only with Kafka: without it the consumer reads the outbox itself. */
function startTestRelay(url: string, brokers: string, topic: string): void {
  if (!brokers) return
  const relay = startRelay({
    databaseUrl: url,
    brokers: brokers.split(','),
    topic,
    viewsTopic: `${topic}-views`,
    log: quietLogger,
  })
  cleanups.push(() => relay.stop())
}

const modes = [
  { mode: 'outbox', brokers: '', reason: '' },
  { mode: 'Kafka', brokers: kafkaBrokers, reason: obstacle },
]
for (const { mode, brokers, reason } of modes) {
  describe.skipIf(reason !== '')(
    reason === '' ? `the consumer, ${mode}` : `${mode}, no broker: ${reason}`,
    () => {
      test('two consumers count every entry once, even when one of them stops', async () => {
        const { url, sql } = await createDatabase()
        const eventId = await seedEvent(sql)
        const topic = randomUUID()
        startTestRelay(url, brokers, topic)
        const notified = new Set<string>()
        const listener = listen(url, 'eungmo_counts', {
          onConnect: () => undefined,
          onNotify: (payload) => notified.add(payload),
        })
        cleanups.push(() => listener.close())
        const first = startTestConsumer(url, brokers, topic)
        startTestConsumer(url, brokers, topic)
        await writeEntries(sql, eventId, 10_000, { spreadMs: 1_000 })
        await vi.waitFor(async () => expect((await readCounts(sql)).total).toBeGreaterThan(0), WAIT)
        await first.stop()
        await writeEntries(sql, eventId, 5_000)
        await vi.waitFor(async () => expect(await readCounts(sql)).toEqual(settledCounts(15_000)), WAIT)
        expect([...notified]).toContain(eventId)
      })

      test('views are counted once by source and hour beside the entries, even when a consumer stops', async () => {
        const { url, sql } = await createDatabase()
        const eventId = await seedEvent(sql)
        const topic = randomUUID()
        startTestRelay(url, brokers, topic)
        const first = startTestConsumer(url, brokers, topic)
        startTestConsumer(url, brokers, topic)
        const views = (count: number) => sampleViews({ eventId, channel: 'sns', count })
        await writeOutbox(
          url,
          Array.from({ length: 500 }, () => views(2)),
        )
        await writeEntries(sql, eventId, 500)
        await vi.waitFor(async () => expect((await readCounts(sql)).total).toBe(500), WAIT)
        await first.stop()
        await writeOutbox(url, [views(5), sampleViews({ eventId, channel: '~direct', count: 7 })])
        const rows = async () =>
          await sql`select source, hour, count::int from analytics.view_counts where event_id = ${eventId} order by source`
        const hour = '2026-11-01 09:00:00+00'
        await vi.waitFor(
          async () =>
            expect([...(await rows())]).toEqual([
              { source: 'sns', hour, count: 1_005 },
              { source: '~direct', hour, count: 7 },
            ]),
          WAIT,
        )
        expect(await readCounts(sql)).toMatchObject({
          total: 500,
          processed: 1_002,
          outbox: 0,
          deadLetters: 0,
        })
      })
    },
  )
}
