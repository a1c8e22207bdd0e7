import { pause } from '@eungmo/db/timing/pause'
import { startPeriodicTask } from '@eungmo/db/timing/periodic-task'
import { decodeUtf8 } from '../contract/decode-utf8.ts'
import type { BatchHandler, MessageSource, RawMessage } from '../contract/message-source.ts'
import type { Logger } from '../logging/logger.ts'
import type { MetricSink } from '../metrics/metrics.ts'
import {
  ensureTopic,
  groupLag,
  joinGroup,
  openKafka,
  type PartitionBatch,
  type RawHeaders,
  type TopicConfig,
} from './kafka-client.ts'

export interface KafkaSourceOptions extends TopicConfig {
  /** Addresses as host:port. */
  brokers: readonly string[]
  groupId: string
  log: Logger
  metrics: MetricSink
}

const MAX_BATCH_MESSAGES = 5_000
const MAX_CONCURRENT_PARTITIONS = 3
/** After more restarts within the window the source rejects, so that a supervisor restarts the process. */
const MAX_RESTARTS = 5
const RESTART_WINDOW_MS = 10 * 60_000
const RESTART_DELAY_MS = 500
const LAG_INTERVAL_MS = 10_000

/** Reads the topic as a member of the group. An offset is committed after the handler completed its batch. */
export function createKafkaSource(options: KafkaSourceOptions): MessageSource {
  const { brokers, groupId, topic, log, metrics } = options
  const kafka = openKafka({ brokers, clientId: 'eungmo-analytics', log })
  const stopping = new AbortController()
  const { signal } = stopping
  let running: Promise<void> = Promise.resolve()

  /** Runs one consumer until it ends. Returns its error, or null after stop. */
  async function runOnce(handler: BatchHandler): Promise<Error | null> {
    await ensureTopic(kafka, options)
    if (signal.aborted) return null
    const member = await joinGroup(
      kafka,
      { groupId, topic, log, concurrency: MAX_CONCURRENT_PARTITIONS },
      (batch) => handleBatch(batch, topic, handler),
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
    let restarts: number[] = []
    while (!signal.aborted) {
      let error: Error | null
      try {
        error = await runOnce(handler)
      } catch (thrown) {
        error = thrown instanceof Error ? thrown : new Error(String(thrown))
      }
      if (!error || signal.aborted) return
      const now = Date.now()
      restarts = [...restarts.filter((time) => now - time < RESTART_WINDOW_MS), now]
      if (restarts.length > MAX_RESTARTS) throw error
      metrics.add('eungmo_consumer_restarts_total', 1)
      log.error({ err: error, restarts: restarts.length }, 'The Kafka consumer ended and is replaced')
      await pause(RESTART_DELAY_MS * restarts.length, signal)
    }
  }

  async function measureLag(): Promise<void> {
    for (const [partition, lag] of await groupLag(kafka, groupId, topic))
      metrics.set('eungmo_consumer_lag', lag, { partition: String(partition) })
  }

  return {
    kind: 'kafka',
    async run(handler) {
      const lagTask = startPeriodicTask(measureLag, {
        intervalMs: LAG_INTERVAL_MS,
        onError: (error) => log.debug({ err: error }, 'Could not measure the consumer lag'),
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
