import type { StatementRunner } from '@eungmo/db/connection/statement-link'
import type { OutboxQueue } from '@eungmo/db/queries/outbox'
import { pause } from '@eungmo/db/timing/pause'
import {
  ensureTopic,
  type KafkaConfig,
  MessageTooLargeError,
  openProducer,
  type TopicConfig,
  type TopicProducer,
} from '../kafka/kafka-client.ts'
import type { Logger } from '../logging/logger.ts'
import type { MetricSink } from '../metrics/metrics.ts'
import type { OutboxPass } from '../outbox/outbox-leader.ts'
import { relayPass } from './relay-pass.ts'

export interface TopicLaneOptions {
  kafka: KafkaConfig
  topic: TopicConfig
  /** What is published to the topic. */
  queue: OutboxQueue
  /** With two connections the next batch is read while the last one is deleted. */
  link: StatementRunner
  log: Logger
  metrics: MetricSink
  /** Called when the broker responded to a send, with an acknowledgement or as too large. */
  onAcknowledged?: () => void
}

/** Publishes one queue of the outbox to one topic, with a producer of its own. */
export interface TopicLane {
  readonly pass: OutboxPass
  close(): Promise<void>
}

/** For a send with kafkajs's own retries. */
const SEND_TIMEOUT_MS = 30_000
/** How long a stopping relay waits for the acknowledgement of its last send. */
const STOP_TIMEOUT_MS = 2_000
const DEADLINE_CHECK_INTERVAL_MS = 250
const READY_CHECK_INTERVAL_MS = 20

/**
 * Opens the producer with the first pass. Any failure of it other than MessageTooLargeError ends in a new one,
 * with a client of its own.
 */
export function createTopicLane(options: TopicLaneOptions): TopicLane {
  const { kafka, topic, queue, link, log, metrics, onAcknowledged = () => undefined } = options
  let producer: TopicProducer | null = null
  let opening: Promise<TopicProducer> | null = null
  let closed = false

  async function open(): Promise<TopicProducer> {
    await ensureTopic(kafka, topic)
    return await openProducer(kafka, topic.topic)
  }

  /**
   * Resolves with the producer, or with null when the relay stops first, so that stopping never waits for an
   * unreachable broker. The connection attempt continues and a later pass uses it.
   */
  async function ready(isActive: () => boolean): Promise<TopicProducer | null> {
    if (producer) return producer
    opening ??= open()
    let failure: unknown
    opening.then(
      (opened) => {
        if (closed) void opened.close()
        else producer = opened
      },
      (error: unknown) => {
        failure = error ?? new Error('Kafka is unreachable')
      },
    )
    while (!producer && failure === undefined && isActive()) await pause(READY_CHECK_INTERVAL_MS)
    if (failure !== undefined) {
      opening = null
      countReplacement()
      throw failure
    }
    return producer
  }

  const countReplacement = () => metrics.add('eungmo_kafka_clients_replaced_total', 1, { client: 'producer' })

  async function discard(): Promise<void> {
    const broken = producer
    producer = null
    opening = null
    await broken?.close()
  }

  /** A producer whose send failed is discarded, so that the next pass opens another one. */
  async function send(
    used: TopicProducer,
    messages: Parameters<TopicProducer['send']>[0],
    isActive: () => boolean,
  ): Promise<void> {
    try {
      await withSendDeadline(used.send(messages), isActive)
      onAcknowledged()
    } catch (error) {
      if (error instanceof MessageTooLargeError) onAcknowledged()
      else {
        if (isActive()) countReplacement()
        await discard()
      }
      throw error
    }
  }

  return {
    async pass(isActive) {
      const current = await ready(isActive)
      if (!current) return 0
      const bounded: TopicProducer = {
        close: current.close,
        send: (messages) => send(current, messages, isActive),
      }
      return await relayPass({ link, queue, producer: bounded, log, metrics }, isActive)
    },
    async close() {
      closed = true
      await discard()
    },
  }
}

/**
 * Rejects after 30 s, or 2 s after the relay stopped being active. The outcome of the send is unknown then; its
 * messages are sent again.
 */
async function withSendDeadline(send: Promise<void>, isActive: () => boolean): Promise<void> {
  const start = performance.now()
  let inactiveSince: number | null = null
  let timer: ReturnType<typeof setInterval> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const now = performance.now()
      if (!isActive()) inactiveSince ??= now
      if (now - start > SEND_TIMEOUT_MS || (inactiveSince !== null && now - inactiveSince > STOP_TIMEOUT_MS))
        reject(new Error('Kafka did not acknowledge a batch in time'))
    }, DEADLINE_CHECK_INTERVAL_MS)
  })
  try {
    await Promise.race([send, late])
  } finally {
    clearInterval(timer)
    send.catch(() => undefined)
  }
}
