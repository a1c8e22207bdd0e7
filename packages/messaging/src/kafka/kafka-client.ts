import { type Consumer, Kafka, KafkaJSProtocolError, logLevel } from 'kafkajs'
import type { Logger } from '../logging/logger.ts'
import { keyPartitioner } from './key-partitioner.ts'

/**
 * The only file that uses kafkajs, which is unmaintained and may have to be replaced (key-partitioner.ts has
 * its types).
 */

export interface KafkaConfig {
  /** Addresses as host:port. */
  brokers: readonly string[]
  clientId: string
  log: Logger
}

export interface TopicConfig {
  topic: string
  /** Used when the topic has to be created. */
  partitions: number
  /** Used when the topic has to be created; -1 is the broker's default. */
  replicationFactor: number
}

export interface OutgoingMessage {
  key: string
  /** Null is a tombstone, which the product never sends. */
  value: string | null
  headers: Record<string, string>
}

export interface ProducerMessage extends OutgoingMessage {
  value: string
}

export interface TopicProducer {
  /**
   * Resolves when all in-sync replicas have the messages. One call at a time. Rejects with
   * MessageTooLargeError or kafkajs's error; messages may have been stored then.
   */
  send(messages: OutgoingMessage[]): Promise<void>
  close(): Promise<void>
}

export interface ReceivedMessage {
  offset: string
  key: Uint8Array | null
  value: Uint8Array | null
  headers?: RawHeaders
}

/** A header may have several values. */
export type RawHeaders = Record<string, Uint8Array | string | (Uint8Array | string)[] | undefined>

export interface PartitionBatch {
  partition: number
  messages: ReceivedMessage[]
  /** Rejects when the group rebalances; the handler must reject with the same error. */
  heartbeat(): Promise<void>
  isActive(): boolean
  /** Commits everything up to and including `offset`. */
  commit(offset: string): Promise<void>
}

export interface GroupMember {
  /** Resolves with the error after which kafkajs does not restart, or with null after stop. */
  readonly ended: Promise<Error | null>
  stop(): Promise<void>
}

/** The broker rejects messages of this size. */
export class MessageTooLargeError extends Error {}

const TOPIC_RETENTION_MS = 7 * 24 * 60 * 60 * 1000

/** A client with the timeouts and retries that all processes use. It connects when it is first used. */
export function openKafka({ brokers, clientId, log }: KafkaConfig): Kafka {
  return new Kafka({
    clientId,
    brokers: [...brokers],
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    retry: { initialRetryTime: 50, maxRetryTime: 1_000, retries: 20 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => {
      const { message, timestamp: _, error, ...fields } = entry.log
      // kafkajs logs errors that it recovers from by itself; those that it cannot recover from are thrown.
      log[entry.level === logLevel.ERROR ? 'warn' : 'debug'](
        { ...fields, ...(error && { err: new Error(String(error)) }) },
        `kafka: ${message}`,
      )
    },
  })
}

/** Creates the topic, with a retention of 7 days, unless it exists. */
export async function ensureTopic(kafka: Kafka, config: TopicConfig): Promise<void> {
  const admin = kafka.admin()
  try {
    await admin.connect()
    if ((await admin.listTopics()).includes(config.topic)) return
    await admin.createTopics({
      waitForLeaders: true,
      topics: [
        {
          topic: config.topic,
          numPartitions: config.partitions,
          replicationFactor: config.replicationFactor,
          configEntries: [{ name: 'retention.ms', value: String(TOPIC_RETENTION_MS) }],
        },
      ],
    })
  } finally {
    await admin.disconnect()
  }
}

/**
 * Opens a producer that waits for all in-sync replicas. It is not idempotent, because an idempotent producer
 * of kafkajs loses messages after a failed send (its issue 1005); receivers drop duplicates.
 */
export async function openProducer(kafka: Kafka, topic: string): Promise<TopicProducer> {
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    idempotent: false,
    maxInFlightRequests: 1,
    createPartitioner: keyPartitioner,
  })
  await producer.connect()
  return {
    async send(messages) {
      try {
        await producer.send({ topic, acks: -1, messages })
      } catch (error) {
        if (isTooLarge(error))
          throw new MessageTooLargeError('The broker rejected the message as too large', { cause: error })
        throw error
      }
    },
    close: () => producer.disconnect(),
  }
}

function isTooLarge(error: unknown): boolean {
  const cause = error instanceof Error && error.cause ? error.cause : error
  return (
    cause instanceof KafkaJSProtocolError &&
    ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'].includes(cause.type)
  )
}

/**
 * Joins the group and passes its partitions' batches to `onBatch` until stopped, `concurrency` partitions at
 * a time.
 */
export async function joinGroup(
  kafka: Kafka,
  options: { groupId: string; topic: string; concurrency: number; log: Logger },
  onBatch: (batch: PartitionBatch) => Promise<void>,
): Promise<GroupMember> {
  const { groupId, topic, concurrency, log } = options
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: 6_000,
    heartbeatInterval: 1_500,
    maxWaitTimeInMs: 100,
    maxBytesPerPartition: 1536 * 1024,
    allowAutoTopicCreation: false,
  })
  const ended = Promise.withResolvers<Error | null>()
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    log.warn({ err: payload.error, restart: payload.restart }, 'kafka: the consumer crashed')
    if (!payload.restart) ended.resolve(payload.error)
  })
  try {
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await run(consumer, concurrency, onBatch)
  } catch (error) {
    await disconnect(consumer, log)
    throw error
  }
  let stopped: Promise<void> | null = null
  return {
    ended: ended.promise,
    stop() {
      ended.resolve(null)
      stopped ??= disconnect(consumer, log)
      return stopped
    },
  }
}

function run(consumer: Consumer, concurrency: number, onBatch: (batch: PartitionBatch) => Promise<void>) {
  return consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: concurrency,
    eachBatch: async ({ batch, resolveOffset, commitOffsetsIfNecessary, heartbeat, isRunning, isStale }) => {
      const { topic, partition } = batch
      await onBatch({
        partition,
        messages: batch.messages,
        heartbeat,
        isActive: () => isRunning() && !isStale(),
        async commit(offset) {
          resolveOffset(offset)
          // Not consumer.commitOffsets, which crashes the consumer for good after a broker stall.
          const next = (BigInt(offset) + 1n).toString()
          await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: next }] }] })
          await heartbeat()
        },
      })
    },
  })
}

async function disconnect(consumer: Consumer, log: Logger): Promise<void> {
  try {
    await consumer.disconnect()
  } catch (error) {
    log.warn({ err: error }, 'kafka: the consumer did not leave cleanly')
  }
}

/** The number of messages that the group has not committed, by partition. */
export async function groupLag(kafka: Kafka, groupId: string, topic: string): Promise<Map<number, number>> {
  const admin = kafka.admin({ retry: { retries: 1 } })
  try {
    await admin.connect()
    const [ends, [committed]] = await Promise.all([
      admin.fetchTopicOffsets(topic),
      admin.fetchOffsets({ groupId, topics: [topic] }),
    ])
    const done = new Map(committed?.partitions.map(({ partition, offset }) => [partition, Number(offset)]))
    return new Map(
      ends.map(({ partition, high, low }) => {
        const offset = done.get(partition) ?? -1
        return [partition, Number(high) - (offset < 0 ? Number(low) : offset)]
      }),
    )
  } finally {
    await admin.disconnect()
  }
}
