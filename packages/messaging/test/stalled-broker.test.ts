import { randomUUID } from 'node:crypto'
import { openLink } from '@eungmo/db/connection/statement-link'
import { createMigratedDatabase } from '@eungmo/db/testing/migrated-database'
import { pause } from '@eungmo/db/timing/pause'
import { describe, expect, inject, test, vi } from 'vitest'
import { ensureTopic, openProducer } from '../src/kafka/kafka-client.ts'
import { createKafkaSource } from '../src/kafka/kafka-source.ts'
import { type MetricSink, noMetrics } from '../src/metrics/metrics.ts'
import { runRelay } from '../src/relay/relay.ts'
import { startRelay } from '../src/relay/start-relay.ts'
import { outboxSize, writeOutbox } from '../testing/outbox-rows.ts'
import { quietLogger } from '../testing/quiet-logger.ts'
import { sampleMessage, sampleViews } from '../testing/sample-message.ts'
import { type KafkaRequest, StallingProxy } from './support/stalling-proxy.ts'

const brokers = inject('kafkaBrokers')
const obstacle = inject('kafkaObstacle')
const timeouts = { connectMs: 1_000, requestMs: 400, stepMs: 4_000, silenceMs: 8_000 }
/** Longer than a request may take. */
const STALL_MS = 1_000
const WAIT = { timeout: 30_000, interval: 20 }
const TEST_TIMEOUT_MS = 60_000

/** How a stall ends: the broker continues, or its old connections stay open and silent for ever. */
type End = 'resume' | 'abandon'

type OnFinished = (handler: () => Promise<void>) => void

async function startProxy(onFinished: OnFinished): Promise<StallingProxy> {
  const proxy = await StallingProxy.start(brokers)
  onFinished(() => proxy.stop())
  return proxy
}

/** Stalls at the next `request`, for longer than a request may take. */
async function stall(proxy: StallingProxy, request: KafkaRequest, end: End, skip = 0): Promise<void> {
  await proxy.stallAt(request, skip)
  await pause(STALL_MS)
  proxy[end]()
}

const relayCases: [KafkaRequest, End][] = [
  ['Metadata', 'resume'],
  ['Produce', 'resume'],
  ['Metadata', 'abandon'],
  ['Produce', 'abandon'],
]
const joiningCases: [KafkaRequest, End][] = [
  ['ApiVersions', 'resume'],
  ['Metadata', 'resume'],
  ['FindCoordinator', 'resume'],
  ['JoinGroup', 'resume'],
  ['SyncGroup', 'resume'],
  ['OffsetFetch', 'resume'],
  ['ApiVersions', 'abandon'],
  ['JoinGroup', 'abandon'],
]
const consumingCases: [KafkaRequest, End][] = [
  ['Fetch', 'resume'],
  ['Heartbeat', 'resume'],
  ['OffsetCommit', 'resume'],
  ['Fetch', 'abandon'],
  ['OffsetCommit', 'abandon'],
]

describe.skipIf(obstacle !== '')(obstacle === '' ? 'a stall' : `a stall, no broker: ${obstacle}`, () => {
  test.concurrent.for<End>(['resume', 'abandon'])(
    'while the producer connects (%s) does not keep the relay from publishing',
    { timeout: TEST_TIMEOUT_MS },
    async (end, { onTestFinished }) => {
      const proxy = await startProxy(onTestFinished)
      // The first ApiVersions belongs to the client that creates the topic.
      const stalled = stall(proxy, 'ApiVersions', end, 1)
      const { publish, published } = await startRelayTo(proxy, onTestFinished)
      await publish()
      await stalled
      await published()
    },
  )

  test.concurrent.for(relayCases)(
    'during %s (%s) does not end publishing',
    { timeout: TEST_TIMEOUT_MS },
    async ([request, end], { onTestFinished }) => {
      const proxy = await startProxy(onTestFinished)
      const { publish, published } = await startRelayTo(proxy, onTestFinished)
      // Both producers are connected, so that the rejections below meet the entries' one alone.
      await publish([sampleMessage(), sampleViews()])
      await published()
      const stalled = stall(proxy, request, end)
      // After as many rejected connections kafkajs reads the metadata again.
      proxy.reset(3)
      await publish()
      await stalled
      await publish()
      await published()
    },
  )

  test.concurrent.for(joiningCases)(
    'during %s (%s) does not keep a consumer from joining',
    { timeout: TEST_TIMEOUT_MS },
    async ([request, end], { onTestFinished }) => {
      const { publish, seen, stalled } = await startConsumer(onTestFinished, noMetrics, (proxy) =>
        stall(proxy, request, end),
      )
      await publish()
      await stalled
      await publish()
      await vi.waitFor(() => expect(seen.size).toBe(2), WAIT)
    },
  )

  test.concurrent.for(consumingCases)(
    'during %s (%s) does not end consuming',
    { timeout: TEST_TIMEOUT_MS },
    async ([request, end], { onTestFinished }) => {
      const { proxy, publish, seen } = await startConsumer(onTestFinished, noMetrics)
      await publish()
      await vi.waitFor(() => expect(seen.size).toBe(1), WAIT)
      const stalled = stall(proxy, request, end)
      await publish()
      await stalled
      await publish()
      await vi.waitFor(() => expect(seen.size).toBe(3), WAIT)
    },
  )

  test.concurrent.for<[KafkaRequest, End]>([
    ['ListOffsets', 'resume'],
    ['OffsetFetch', 'abandon'],
    ['ApiVersions', 'abandon'],
  ])(
    'during %s (%s) does not end measuring the lag',
    { timeout: TEST_TIMEOUT_MS },
    async ([request, end], { onTestFinished }) => {
      let measurements = 0
      const metrics: MetricSink = {
        ...noMetrics,
        set: (name) => {
          if (name === 'eungmo_consumer_lag') measurements++
        },
      }
      const { proxy, publish } = await startConsumer(onTestFinished, metrics)
      await publish()
      await vi.waitFor(() => expect(measurements).toBeGreaterThan(0), WAIT)
      await stall(proxy, request, end)
      const before = measurements
      await vi.waitFor(() => expect(measurements).toBeGreaterThan(before + 3), WAIT)
    },
  )
})

/** A relay behind a proxy, with a database of its own. */
async function startRelayTo(proxy: StallingProxy, onFinished: OnFinished) {
  const database = await createMigratedDatabase(inject('postgresUrl'))
  const link = openLink(database.url, { max: 3 })
  const topic = `test-${randomUUID()}`
  const relay = runRelay({
    databaseUrl: database.url,
    brokers: proxy.brokers,
    topic,
    viewsTopic: `${topic}-views`,
    partitions: 3,
    replicationFactor: 1,
    link,
    viewsLink: link,
    log: quietLogger,
    metrics: noMetrics,
    timeouts,
  })
  onFinished(async () => {
    await relay.close()
    await link.close()
    await database.drop()
  })
  return {
    async publish(messages = [sampleMessage()]) {
      await writeOutbox(database.url, messages)
      relay.wake()
    },
    published: () => vi.waitFor(async () => expect(await outboxSize(database.url)).toBe(0), WAIT),
  }
}

/** A consumer behind a proxy, and a producer that goes to the broker itself. */
async function startConsumer(
  onFinished: OnFinished,
  metrics: MetricSink,
  beforeStart: (proxy: StallingProxy) => Promise<void> = async () => undefined,
) {
  const proxy = await startProxy(onFinished)
  const stalled = beforeStart(proxy)
  const topic = { topic: `test-${randomUUID()}`, partitions: 3, replicationFactor: 1 }
  const direct = { brokers: [brokers], clientId: 'test', log: quietLogger }
  await ensureTopic(direct, topic)
  const producer = await openProducer(direct, topic.topic)
  const seen = new Set<string>()
  const source = createKafkaSource({
    ...topic,
    brokers: proxy.brokers,
    groupId: topic.topic,
    log: quietLogger,
    metrics,
    timeouts,
    lagIntervalMs: 100,
  })
  const ended = source.run(async ({ messages }) => {
    for (const { headers } of messages) seen.add(headers['message-id'] ?? '')
    return true
  })
  onFinished(async () => {
    await source.stop()
    await ended
    await producer.close()
  })
  return { proxy, seen, stalled, publish: () => producer.send([sampleMessage()]) }
}

test('a relay reports that it is stalled while rows wait and nothing is acknowledged', async ({
  onTestFinished,
}) => {
  const database = await createMigratedDatabase(inject('postgresUrl'))
  const relay = startRelay({
    databaseUrl: database.url,
    brokers: ['127.0.0.1:9'],
    log: quietLogger,
    stalledAfterMs: 1_000,
  })
  onTestFinished(async () => {
    await relay.stop()
    await database.drop()
  })
  await pause(1_500)
  expect(relay.isStalled()).toBe(false)
  await writeOutbox(database.url, [sampleMessage()])
  await vi.waitFor(() => expect(relay.isStalled()).toBe(true), WAIT)
}, 60_000)
