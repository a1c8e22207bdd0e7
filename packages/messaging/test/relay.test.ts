import { randomUUID } from 'node:crypto'
import { migrate } from '@eungmo/db/connection/migrate'
import { openLink } from '@eungmo/db/connection/statement-link'
import { countDeadLetters } from '@eungmo/db/queries/dead-letters'
import { createTestDatabase } from '@eungmo/tooling/testing/test-postgres'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import type { RawMessage } from '../src/contract/message-source.ts'
import { createKafkaSource } from '../src/kafka/kafka-source.ts'
import { noMetrics } from '../src/metrics/metrics.ts'
import { runRelay } from '../src/relay/relay.ts'
import { outboxSize, writeOutbox } from '../testing/outbox-rows.ts'
import { quietLogger } from '../testing/quiet-logger.ts'
import { sampleMessage } from '../testing/sample-message.ts'

const brokers = inject('kafkaBrokers')
const obstacle = inject('kafkaObstacle')
const WAIT = { timeout: 40_000, interval: 20 }

describe.skipIf(obstacle !== '')(obstacle === '' ? 'relay' : `relay, no broker: ${obstacle}`, () => {
  let databaseUrl = ''
  const cleanups: (() => Promise<void>)[] = []

  beforeAll(async () => {
    const database = await createTestDatabase(inject('postgresUrl'))
    cleanups.push(() => database.drop())
    databaseUrl = database.url
    await migrate(databaseUrl)
  })
  afterAll(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup()
  })

  function relayTo(topic: string) {
    const link = openLink(databaseUrl, { max: 2 })
    const relay = runRelay({
      databaseUrl,
      brokers,
      topic,
      partitions: 3,
      replicationFactor: 1,
      link,
      log: quietLogger,
      metrics: noMetrics,
    })
    return {
      wake: relay.wake,
      async close() {
        await relay.close()
        await link.close()
      },
    }
  }

  function received(topic: string): RawMessage[] {
    const seen: RawMessage[] = []
    const source = createKafkaSource({
      brokers,
      topic,
      groupId: topic,
      partitions: 3,
      replicationFactor: 1,
      log: quietLogger,
      metrics: noMetrics,
    })
    source.run(async (batch) => seen.push(...batch.messages) > 0).catch(() => undefined)
    cleanups.push(() => source.stop())
    return seen
  }

  test('publishes rows by the contract on a topic it made, then deletes them', async () => {
    const topic = `test-${randomUUID()}`
    const relay = relayTo(topic)
    const message = sampleMessage({ entryPath: '링고비즈' })
    await writeOutbox(databaseUrl, [message])
    const seen = received(topic)
    await vi.waitFor(() => expect(seen).toHaveLength(1), WAIT)
    await vi.waitFor(async () => expect(await outboxSize(databaseUrl)).toBe(0), WAIT)
    await relay.close()
    const [raw] = seen
    expect(raw?.headers).toEqual(message.headers)
    expect(Buffer.from(raw?.key ?? []).toString()).toBe(message.key)
    expect(JSON.parse(Buffer.from(raw?.value ?? '').toString())).toEqual(JSON.parse(message.value))
  })

  test('of two one leads; the other goes on when the first stops', async () => {
    const topic = `test-${randomUUID()}`
    const first = relayTo(topic)
    const second = relayTo(topic)
    const seen = received(topic)
    const messages = Array.from({ length: 8_000 }, () => sampleMessage())
    await writeOutbox(databaseUrl, messages)
    await vi.waitFor(() => expect(seen.length).toBeGreaterThan(0), WAIT)
    await first.close()
    await writeOutbox(databaseUrl, [sampleMessage()])
    await vi.waitFor(
      () => expect(new Set(seen.map(({ headers }) => headers['message-id'])).size).toBe(8_001),
      WAIT,
    )
    await vi.waitFor(async () => expect(await outboxSize(databaseUrl)).toBe(0), WAIT)
    await second.close()
    expect(seen).toHaveLength(8_001)
  })

  test('a row that no broker takes becomes a dead letter and keeps nobody waiting', async () => {
    const topic = `test-${randomUUID()}`
    const relay = relayTo(topic)
    const seen = received(topic)
    const huge = sampleMessage({ entryPath: 'x'.repeat(1_200_000) })
    await writeOutbox(databaseUrl, [sampleMessage(), huge, sampleMessage()])
    await vi.waitFor(() => expect(seen).toHaveLength(2), WAIT)
    await vi.waitFor(async () => expect(await outboxSize(databaseUrl)).toBe(0), WAIT)
    await relay.close()
    const link = openLink(databaseUrl)
    expect(await countDeadLetters(link)).toBe(1)
    await link.close()
  })

  test('stops at once while no broker answers', async () => {
    const link = openLink(databaseUrl, { max: 2 })
    const relay = runRelay({
      databaseUrl,
      brokers: '127.0.0.1:9',
      topic: 'none',
      partitions: 1,
      replicationFactor: 1,
      link,
      log: quietLogger,
      metrics: noMetrics,
    })
    await writeOutbox(databaseUrl, [sampleMessage()])
    const start = performance.now()
    await relay.close()
    expect(performance.now() - start).toBeLessThan(5_000)
    expect(await outboxSize(databaseUrl)).toBe(1)
    await link.close()
  })
})
