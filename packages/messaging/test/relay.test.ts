import { randomUUID } from 'node:crypto'
import { openLink } from '@eungmo/db/connection/statement-link'
import { countDeadLetters } from '@eungmo/db/queries/dead-letters'
import { createMigratedDatabase } from '@eungmo/db/testing/migrated-database'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import type { RawMessage } from '../src/contract/message-source.ts'
import { createKafkaSource } from '../src/kafka/kafka-source.ts'
import { noMetrics } from '../src/metrics/metrics.ts'
import { runRelay } from '../src/relay/relay.ts'
import { outboxSize, writeOutbox } from '../testing/outbox-rows.ts'
import { quietLogger } from '../testing/quiet-logger.ts'
import { SAMPLE_EVENT_ID, sampleMessage, sampleViews } from '../testing/sample-message.ts'

const brokers = inject('kafkaBrokers').split(',')
const obstacle = inject('kafkaObstacle')
const WAIT = { timeout: 40_000, interval: 20 }

describe.skipIf(obstacle !== '')(obstacle === '' ? 'relay' : `relay, no broker: ${obstacle}`, () => {
  let databaseUrl = ''
  const cleanups: (() => Promise<void>)[] = []

  beforeAll(async () => {
    const database = await createMigratedDatabase(inject('postgresUrl'))
    cleanups.push(() => database.drop())
    databaseUrl = database.url
  })
  afterAll(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup()
  })

  function startRelayTo(topic: string, viewsTopic = `${topic}-views`) {
    const link = openLink(databaseUrl, { max: 2 })
    const viewsLink = openLink(databaseUrl)
    const relay = runRelay({
      databaseUrl,
      brokers,
      topic,
      viewsTopic,
      partitions: 3,
      replicationFactor: 1,
      link,
      viewsLink,
      log: quietLogger,
      metrics: noMetrics,
    })
    return {
      wake: relay.wake,
      async close() {
        await relay.close()
        await Promise.all([link.close(), viewsLink.close()])
      },
    }
  }

  function receive(topic: string): RawMessage[] {
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

  test('publishes rows to a topic that it creates, then deletes them', async () => {
    const topic = `test-${randomUUID()}`
    const relay = startRelayTo(topic)
    const message = sampleMessage({ entryPath: '링고비즈' })
    await writeOutbox(databaseUrl, [message])
    const seen = receive(topic)
    await vi.waitFor(() => expect(seen).toHaveLength(1), WAIT)
    await vi.waitFor(async () => expect(await outboxSize(databaseUrl)).toBe(0), WAIT)
    await relay.close()
    const [raw] = seen
    expect(raw?.headers).toEqual(message.headers)
    expect(Buffer.from(raw?.key ?? []).toString()).toBe(message.key)
    expect(JSON.parse(Buffer.from(raw?.value ?? '').toString())).toEqual(JSON.parse(message.value))
  })

  test('publishes views to a topic of their own, and nothing else to it', async () => {
    const topic = `test-${randomUUID()}`
    const relay = startRelayTo(topic)
    const [entry, views] = [sampleMessage(), sampleViews()]
    await writeOutbox(databaseUrl, [views, entry])
    const [seen, seenViews] = [receive(topic), receive(`${topic}-views`)]
    await vi.waitFor(() => expect([seen.length, seenViews.length]).toEqual([1, 1]), WAIT)
    await vi.waitFor(async () => expect(await outboxSize(databaseUrl)).toBe(0), WAIT)
    await relay.close()
    expect(seen.map(({ headers }) => headers)).toEqual([entry.headers])
    expect(seenViews.map(({ headers }) => headers)).toEqual([views.headers])
    expect(Buffer.from(seenViews[0]?.key ?? []).toString()).toBe(SAMPLE_EVENT_ID)
  })

  test('entries do not wait while the topic of views cannot be written', async () => {
    const topic = `test-${randomUUID()}`
    const relay = startRelayTo(topic, 'a name that no topic may have')
    await writeOutbox(databaseUrl, [sampleViews(), sampleMessage()])
    const seen = receive(topic)
    await vi.waitFor(() => expect(seen).toHaveLength(1), WAIT)
    await vi.waitFor(async () => expect(await outboxSize(databaseUrl)).toBe(1), WAIT)
    await writeOutbox(databaseUrl, [sampleMessage()])
    await vi.waitFor(() => expect(seen).toHaveLength(2), WAIT)
    await relay.close()
    const following = startRelayTo(topic)
    await vi.waitFor(async () => expect(await outboxSize(databaseUrl)).toBe(0), WAIT)
    await following.close()
  })

  test('one of two relays leads, and the other takes over when it stops', async () => {
    const topic = `test-${randomUUID()}`
    const first = startRelayTo(topic)
    const second = startRelayTo(topic)
    const seen = receive(topic)
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

  test('a row that is too large for the broker becomes a dead letter and blocks no other row', async () => {
    const topic = `test-${randomUUID()}`
    const relay = startRelayTo(topic)
    const seen = receive(topic)
    const huge = sampleMessage({ entryPath: 'x'.repeat(1_200_000) })
    await writeOutbox(databaseUrl, [sampleMessage(), huge, sampleMessage()])
    await vi.waitFor(() => expect(seen).toHaveLength(2), WAIT)
    await vi.waitFor(async () => expect(await outboxSize(databaseUrl)).toBe(0), WAIT)
    await relay.close()
    const link = openLink(databaseUrl)
    expect(await countDeadLetters(link)).toBe(1)
    await link.close()
  })

  test('stops at once while no broker is reachable', async () => {
    const link = openLink(databaseUrl, { max: 2 })
    const relay = runRelay({
      databaseUrl,
      brokers: ['127.0.0.1:9'],
      topic: 'none',
      viewsTopic: 'none-either',
      partitions: 1,
      replicationFactor: 1,
      link,
      viewsLink: link,
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
