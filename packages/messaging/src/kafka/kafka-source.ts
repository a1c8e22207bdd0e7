import { pause } from '@eungmo/db/timing/pause'
import { startPeriodicTask } from '@eungmo/db/timing/periodic-task'
import { decodeUtf8 } from '../contract/decode-utf8.ts'
import type { BatchHandler, MessageSource, RawMessage } from '../contract/message-source.ts'
import type { Logger } from '../logging/logger.ts'
import type { MetricSink } from '../metrics/metrics.ts'
import {
  ensureTopic,
  groupLag,
  type KafkaConfig,
  type KafkaTimeouts,
  TOPIC_RETENTION_MS,
  type TopicConfig,
} from './kafka-client.ts'
import { joinGroup, type PartitionBatch, type RawHeaders } from './kafka-group.ts'

export interface KafkaSourceOptions extends TopicConfig {
  /** Addresses as host:port. */
  brokers: readonly string[]
  groupId: string
  log: Logger
  metrics: MetricSink
  timeouts?: KafkaTimeouts
  /** Partitions that are processed at a time. Defaults to 3. */
  concurrency?: number
  /** Milliseconds between measurements of the lag. Defaults to 10,000. */
  lagIntervalMs?: number
}

const MAX_BATCH_MESSAGES = 5_000
const DEFAULT_CONCURRENCY = 3
/** The pause before a failed consumer is replaced grows with each failure in a row. */
const MIN_BACKOFF_MS = 250
const MAX_BACKOFF_MS = 5_000
/** A consumer that ran for so long ends a row of failures. */
const STEADY_AFTER_MS = 60_000
const DAY_MS = 24 * 60 * 60 * 1000
const DEFAULT_LAG_INTERVAL_MS = 10_000

/**
 * Reads the topic as a member of the group. An offset is committed after the handler completed its batch. A
 * consumer that fails is replaced by one with a new client, without end.
 */
export function createKafkaSource(options: KafkaSourceOptions): MessageSource {
  const { brokers, groupId, topic, log, metrics, timeouts, lagIntervalMs } = options
  const { concurrency = DEFAULT_CONCURRENCY } = options
  const config: KafkaConfig = { brokers, clientId: 'eungmo-analytics', log, ...(timeouts && { timeouts }) }
  const stopping = new AbortController()
  const { signal } = stopping
  let retentionChecked = false
  let running: Promise<void> = Promise.resolve()

  /** Warns once of a topic that an operator created with another retention than counting is made for. */
  function checkRetention(retentionMs: number | null): void {
    if (retentionChecked) return
    retentionChecked = true
    if (retentionMs === null || retentionMs === TOPIC_RETENTION_MS) return
    const [days, consequence] =
      retentionMs < TOPIC_RETENTION_MS
        ? [`${retentionMs / DAY_MS} days`, 'a consumer that is away for longer misses messages']
        : [
            retentionMs === Number.POSITIVE_INFINITY ? 'ever' : `${retentionMs / DAY_MS} days`,
            'a new consumer group makes dead letters of those older than five weeks',
          ]
    log.warn({ topic }, `The topic retains messages for ${days}, not 7: ${consequence}. Set its retention.ms`)
  }

  /** Runs one consumer until it ends. Returns its error, or null after stop. */
  async function runOnce(handler: BatchHandler): Promise<Error | null> {
    checkRetention(await ensureTopic(config, options))
    if (signal.aborted) return null
    const member = await joinGroup(config, { groupId, topic, concurrency }, (batch) =>
      handleBatch(batch, topic, handler),
    )
    const stop = () => void member.stop()
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
    const error = await member.ended
    signal.removeEventListener('abort', stop)
    await member.stop()
    return error
  }

  async function supervise(handler: BatchHandler): Promise<void> {
    let failures = 0
    while (!signal.aborted) {
      const start = performance.now()
      let error: unknown
      try {
        error = await runOnce(handler)
      } catch (thrown) {
        error = thrown
      }
      if (error === null || signal.aborted) return
      failures = performance.now() - start > STEADY_AFTER_MS ? 1 : failures + 1
      metrics.add('eungmo_kafka_clients_replaced_total', 1, { client: 'consumer' })
      log.error({ err: error, failures }, 'The Kafka consumer ended and is replaced')
      await pause(Math.min(MIN_BACKOFF_MS * 2 ** (failures - 1), MAX_BACKOFF_MS), signal)
    }
  }

  async function measureLag(): Promise<void> {
    for (const [partition, lag] of await groupLag(config, groupId, topic))
      metrics.set('eungmo_consumer_lag', lag, { topic, partition: String(partition) })
  }

  return {
    kind: 'kafka',
    async run(handler) {
      const lagTask = startPeriodicTask(measureLag, {
        intervalMs: lagIntervalMs ?? DEFAULT_LAG_INTERVAL_MS,
        onError(error) {
          metrics.add('eungmo_kafka_clients_replaced_total', 1, { client: 'lag' })
          log.warn({ err: error }, 'Could not measure the consumer lag')
        },
      })
      running = supervise(handler)
      try {
        await running
      } finally {
        stopping.abort()
        await lagTask.stop()
      }
    },
    async stop() {
      stopping.abort()
      await running.catch(() => undefined)
    },
  }
}

async function handleBatch(batch: PartitionBatch, topic: string, handler: BatchHandler): Promise<void> {
  for (let start = 0; start < batch.messages.length; start += MAX_BATCH_MESSAGES) {
    if (!batch.isActive()) return
    const part = batch.messages.slice(start, start + MAX_BATCH_MESSAGES)
    const messages = part.map(
      (message): RawMessage => ({
        source: 'kafka',
        topic,
        partition: batch.partition,
        offset: message.offset,
        outboxId: null,
        key: message.key,
        value: message.value,
        headers: textHeaders(message.headers),
      }),
    )
    const completed = await handler({ messages, keepAlive: batch.heartbeat, isActive: batch.isActive })
    const last = part.at(-1)
    if (!completed || !last) return
    await batch.commit(last.offset)
  }
}

/** Headers as UTF-8 text; of several values of a header the last one. */
function textHeaders(headers: RawHeaders = {}): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    const last = Array.isArray(value) ? value.at(-1) : value
    if (last === undefined || last === null) continue
    texts[name] = typeof last === 'string' ? last : decodeUtf8(last)
  }
  return texts
}
