import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { startRelay } from '@eungmo/messaging/relay/start-relay'
import { writeOutbox } from '@eungmo/messaging/testing/outbox-rows'
import { quietLogger } from '@eungmo/messaging/testing/quiet-logger'
import { sampleViews } from '@eungmo/messaging/testing/sample-message'
import { describe, expect, inject, test, vi } from 'vitest'
import { createCountingDatabase } from './support/counting-database.ts'
import { readCounts } from './support/read-counts.ts'

const MESSAGES = 10_000
const WAIT = { timeout: 60_000, interval: 20 }
const brokers = inject('kafkaBrokers')
const obstacle = inject('kafkaObstacle')

function startConsumer(variables: Record<string, string>) {
  return Bun.spawn([process.execPath, fileURLToPath(new URL('../src/main.ts', import.meta.url))], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'silent', ...variables },
    stdout: 'ignore',
    stderr: 'ignore',
  })
}

describe.each([
  { mode: 'outbox', kafka: '', reason: '' },
  { mode: 'Kafka', kafka: brokers, reason: obstacle },
])('$mode', ({ kafka, reason }) => {
  test.skipIf(reason !== '')(
    'consumers that are killed while they count views neither lose one nor count one twice',
    async ({ onTestFinished }) => {
      const { url, sql, drop } = await createCountingDatabase(inject('postgresUrl'))
      onTestFinished(drop)
      const topic = `test-${randomUUID()}`
      const views = { KAFKA_TOPIC: topic, KAFKA_VIEWS_TOPIC: `${topic}-views`, KAFKA_GROUP: topic }
      const variables = { DATABASE_URL: url, KAFKA_BROKERS: kafka, ...views }
      if (kafka) {
        const relay = startRelay({
          databaseUrl: url,
          brokers: kafka.split(','),
          topic,
          viewsTopic: `${topic}-views`,
          log: quietLogger,
        })
        onTestFinished(() => relay.stop())
      }
      await writeOutbox(
        url,
        Array.from({ length: MESSAGES }, (_, n) => sampleViews({ count: 1 + (n % 3) })),
      )
      const expected = Array.from({ length: MESSAGES }, (_, n) => 1 + (n % 3)).reduce((a, b) => a + b)
      const counted = async () => {
        const [row] = await sql<
          { n: number }[]
        >`select coalesce(sum(count), 0)::int as n from analytics.view_counts`
        return row?.n ?? 0
      }
      for (let killed = 0; killed < 2; killed++) {
        const before = await counted()
        const consumer = startConsumer(variables)
        await vi.waitFor(
          async () => expect((await counted()) > before || (await counted()) === expected).toBe(true),
          WAIT,
        )
        consumer.kill('SIGKILL')
        await consumer.exited
      }
      const last = startConsumer(variables)
      onTestFinished(async () => {
        last.kill('SIGKILL')
        await last.exited
      })
      await vi.waitFor(async () => expect((await readCounts(sql)).outbox).toBe(0), WAIT)
      await vi.waitFor(async () => expect(await counted()).toBe(expected), WAIT)
      expect(await readCounts(sql)).toMatchObject({ processed: MESSAGES, deadLetters: 0, total: 0 })
    },
  )
})
