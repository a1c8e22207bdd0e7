import type { StatementRunner } from '@eungmo/db/connection/statement-link'
import { pause } from '@eungmo/db/timing/pause'
import {
  ensureTopic,
  openKafka,
  openProducer,
  type TopicConfig,
  type TopicProducer,
} from '../kafka/kafka-client.ts'
import type { Logger } from '../logging/logger.ts'
import type { MetricSink } from '../metrics/metrics.ts'
import { leadOutbox, type OutboxLeader } from '../outbox/outbox-leader.ts'
import { relayPass } from './relay-pass.ts'

export interface RelayOptions extends TopicConfig {
  databaseUrl: string
  /** Addresses as host:port. */
  brokers: readonly string[]
  /** With two connections the next batch is read while the last one is deleted. */
  link: StatementRunner
  log: Logger
  metrics: MetricSink
}

/** Longer than kafkajs's own retries; after it the producer is replaced. */
const SEND_TIMEOUT_MS = 45_000
/** How long a stopping relay waits for the acknowledgement of its last send. */
const STOP_TIMEOUT_MS = 2_000
const DEADLINE_CHECK_INTERVAL_MS = 250
const READY_CHECK_INTERVAL_MS = 20

/**
 * Publishes the outbox to Kafka while this process leads it. While no broker is reachable, the outbox grows.
 */
export function runRelay(options: RelayOptions): OutboxLeader & { close(): Promise<void> } {
  const { brokers, topic, link, log, metrics } = options
  const kafka = openKafka({ brokers, clientId: 'eungmo-relay', log })
  let producer: TopicProducer | null = null
  let opening: Promise<TopicProducer> | null = null
  let closed = false

  async function open(): Promise<TopicProducer> {
    await ensureTopic(kafka, options)
    return await openProducer(kafka, topic)
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
        if (closed) void close(opened)
        else producer = opened
      },
      (error: unknown) => {
        failure = error ?? new Error('Kafka is unreachable')
      },
    )
    while (!producer && failure === undefined && isActive()) await pause(READY_CHECK_INTERVAL_MS)
    if (failure !== undefined) {
      opening = null
      throw failure
    }
    return producer
  }

  /** Never rejects: a producer that does not close cleanly is only logged. */
  async function close(opened: TopicProducer): Promise<void> {
    try {
      await opened.close()
    } catch (error) {
      log.debug({ err: error }, 'The producer did not close cleanly')
    }
  }

  async function discard(): Promise<void> {
    const broken = producer
    producer = null
    opening = null
    if (broken) await close(broken)
  }

  const leader = leadOutbox(options, async (isActive) => {
    const current = await ready(isActive)
    if (!current) return 0
    const bounded: TopicProducer = {
      close: current.close,
      send: (messages) => withSendDeadline(current.send(messages), isActive),
    }
    try {
      return await relayPass({ link, producer: bounded, log, metrics }, isActive)
    } catch (error) {
      if (error instanceof SendTimeoutError) await discard()
      throw error
    }
  })

  return {
    ...leader,
    async close() {
      closed = true
      await leader.stop()
      await discard()
    },
  }
}

/** The outcome of the send is unknown; its messages are sent again. */
class SendTimeoutError extends Error {}

/** Rejects with SendTimeoutError after 45 s, or 2 s after the relay stopped being active. */
async function withSendDeadline(send: Promise<void>, isActive: () => boolean): Promise<void> {
  const start = performance.now()
  let inactiveSince: number | null = null
  let timer: ReturnType<typeof setInterval> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const now = performance.now()
      if (!isActive()) inactiveSince ??= now
      if (now - start > SEND_TIMEOUT_MS || (inactiveSince !== null && now - inactiveSince > STOP_TIMEOUT_MS))
        reject(new SendTimeoutError('Kafka did not acknowledge a batch in time'))
    }, DEADLINE_CHECK_INTERVAL_MS)
  })
  try {
    await Promise.race([send, late])
  } finally {
    clearInterval(timer)
    send.catch(() => undefined)
  }
}
