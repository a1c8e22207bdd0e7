import type { StatementRunner } from '@eungmo/db/connection/statement-link'
import {
  ensureTopic,
  openKafka,
  openProducer,
  type TopicConfig,
  type TopicProducer,
} from '../kafka/kafka-client.ts'
import type { Logger } from '../logger.ts'
import type { MetricSink } from '../metrics/metrics.ts'
import { leadOutbox, type OutboxLeader } from '../outbox/outbox-leader.ts'
import { relayPass } from './relay-pass.ts'

export interface RelayOptions extends TopicConfig {
  databaseUrl: string
  /** host:port, comma-separated. */
  brokers: string
  /** Two connections let the next batch be read while the last one is deleted. */
  link: StatementRunner
  log: Logger
  metrics: MetricSink
}

/** Longer than kafkajs's own retries: past it the producer is replaced. */
const SEND_LIMIT = 45_000

/**
 * Publishes the outbox on Kafka while this process leads it. A broker that is away only lets the outbox grow.
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
   * Bounded, so that stopping never waits for a broker that is away: the opening goes on and is used later.
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
        failure = error ?? new Error('Kafka cannot be reached')
      },
    )
    while (!producer && failure === undefined && isActive())
      await new Promise((resolve) => setTimeout(resolve, 20))
    if (failure !== undefined) {
      opening = null
      throw failure
    }
    return producer
  }

  async function discard(): Promise<void> {
    const broken = producer
    producer = null
    opening = null
    await broken
      ?.close()
      .catch((error: unknown) => log.debug({ err: error }, 'The producer did not close cleanly'))
  }

  const leader = leadOutbox(options, async (isActive) => {
    const current = await ready(isActive)
    if (!current) return 0
    const bounded: TopicProducer = {
      close: current.close,
      send: (messages) => withinLimit(current.send(messages), isActive),
    }
    try {
      return await relayPass({ link, producer: bounded, log, metrics }, isActive)
    } catch (error) {
      if (error instanceof SendGivenUp) await discard()
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

/** The outcome of a send is unknown; its messages are sent again. */
class SendGivenUp extends Error {}

/** Gives a send up after 45 s, or 2 s after the relay was told to stop. */
async function withinLimit(send: Promise<void>, isActive: () => boolean): Promise<void> {
  const start = performance.now()
  let stopSeen: number | null = null
  let timer: ReturnType<typeof setInterval> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const now = performance.now()
      if (!isActive()) stopSeen ??= now
      if (now - start > SEND_LIMIT || (stopSeen !== null && now - stopSeen > 2_000))
        reject(new SendGivenUp('Kafka did not acknowledge a batch in time'))
    }, 250)
  })
  try {
    await Promise.race([send, late])
  } finally {
    clearInterval(timer)
    send.catch(() => undefined)
  }
}
