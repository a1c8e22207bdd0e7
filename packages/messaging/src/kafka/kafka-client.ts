import { pause } from '@eungmo/db/timing/pause'
import { withDeadline } from '@eungmo/db/timing/with-deadline'
import { type Admin, ConfigResourceTypes, Kafka, KafkaJSProtocolError, logLevel } from 'kafkajs'
import type { Logger } from '../logging/logger.ts'
import { keyPartitioner } from './key-partitioner.ts'

/**
 * Only this folder uses kafkajs, which is unmaintained and may have to be replaced. A client of kafkajs may
 * never recover from a failure (a broker that stalls while it connects leaves it unusable), so every function
 * here opens a client of its own and bounds each of its steps, and callers open a new one after any failure.
 */

export interface KafkaConfig {
  /** Addresses as host:port. */
  brokers: readonly string[]
  clientId: string
  log: Logger
  timeouts?: KafkaTimeouts
}

/** Shorter in tests. */
export interface KafkaTimeouts {
  /** Milliseconds a connection attempt may take. Defaults to 3,000. */
  connectMs?: number
  /** Milliseconds a request may take. Defaults to 10,000. */
  requestMs?: number
  /** Milliseconds that a whole step (connecting, creating a topic) may take, with retries. Defaults to 30,000. */
  stepMs?: number
  /** Milliseconds without a fetch or heartbeat after which a consumer is replaced. Defaults to 60,000. */
  silenceMs?: number
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
   * MessageTooLargeError, or with any other error after which the producer must be replaced; messages may
   * have been stored then.
   */
  send(messages: OutgoingMessage[]): Promise<void>
  /** Never rejects, and gives up after 2 s. */
  close(): Promise<void>
}

/** The broker rejects messages of this size. */
export class MessageTooLargeError extends Error {}

/** A step of a client took too long; it may still take effect. */
class KafkaTimeoutError extends Error {}

const DEFAULT_STEP_TIMEOUT_MS = 30_000
const CLOSE_TIMEOUT_MS = 2_000
const TOPIC_POLL_INTERVAL_MS = 50
export const TOPIC_RETENTION_MS = 7 * 24 * 60 * 60 * 1000

/** A new kafkajs instance with the timeouts and retries that all clients use. */
export function createKafka({ brokers, clientId, log, timeouts = {} }: KafkaConfig): Kafka {
  return new Kafka({
    clientId,
    brokers: [...brokers],
    connectionTimeout: timeouts.connectMs ?? 3_000,
    requestTimeout: timeouts.requestMs ?? 10_000,
    // Few, since a new client recovers from more than a retry does.
    retry: { initialRetryTime: 50, maxRetryTime: 1_000, retries: 8 },
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

/** A connected client of kafkajs, of any kind. */
interface Closable {
  disconnect(): Promise<void>
}

/** Disconnects within 2 s. Never rejects: a client that does not close cleanly is only logged. */
export async function closeClient(client: Closable, log: Logger): Promise<void> {
  try {
    await withDeadline(
      client.disconnect(),
      CLOSE_TIMEOUT_MS,
      () => new KafkaTimeoutError(`The client did not disconnect within ${CLOSE_TIMEOUT_MS} ms`),
    )
  } catch (error) {
    log.debug({ err: error }, 'A Kafka client did not close cleanly')
  }
}

/**
 * Runs a step of a client within the time limit of a step. When it fails, the client is closed, and once more
 * when a step that outlived its limit has ended, so that it leaves no connection behind.
 */
export async function runStep<T>(config: KafkaConfig, client: Closable, step: Promise<T>): Promise<T> {
  const limitMs = config.timeouts?.stepMs ?? DEFAULT_STEP_TIMEOUT_MS
  try {
    return await withDeadline(
      step,
      limitMs,
      () => new KafkaTimeoutError(`Kafka did not complete a step within ${limitMs} ms`),
    )
  } catch (error) {
    await closeClient(client, config.log)
    const closeAgain = () => closeClient(client, config.log)
    if (error instanceof KafkaTimeoutError) void step.then(closeAgain, closeAgain)
    throw error
  }
}

async function withAdmin<T>(
  config: KafkaConfig,
  retries: number,
  work: (admin: Admin) => Promise<T>,
): Promise<T> {
  const admin = createKafka(config).admin({ retry: { retries } })
  const result = await runStep(
    config,
    admin,
    admin.connect().then(() => work(admin)),
  )
  await closeClient(admin, config.log)
  return result
}

/**
 * Creates the topic, with a retention of 7 days, unless it exists. Resolves when its partitions have leaders,
 * with the retention in milliseconds: Infinity for an unlimited one, null for one that cannot be read.
 */
export async function ensureTopic(config: KafkaConfig, topic: TopicConfig): Promise<number | null> {
  return await withAdmin(config, 8, async (admin) => {
    if ((await admin.listTopics()).includes(topic.topic)) return await readRetentionMs(admin, topic.topic)
    await admin.createTopics({
      // It would give up where the broker does not know the new topic yet, as on a busy machine.
      waitForLeaders: false,
      topics: [
        {
          topic: topic.topic,
          numPartitions: topic.partitions,
          replicationFactor: topic.replicationFactor,
          configEntries: [{ name: 'retention.ms', value: String(TOPIC_RETENTION_MS) }],
        },
      ],
    })
    // Ends with the step at the latest, which closes the client.
    while (!(await admin.listTopics()).includes(topic.topic)) await pause(TOPIC_POLL_INTERVAL_MS)
    return TOPIC_RETENTION_MS
  })
}

/**
 * Milliseconds for which the broker retains messages of the topic: Infinity where it never deletes them by time,
 * and null where it does not say, as without the right to describe the topic.
 */
async function readRetentionMs(admin: Admin, topic: string): Promise<number | null> {
  try {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configNames: ['retention.ms'] }],
    })
    const entry = resources[0]?.configEntries.find(({ configName }) => configName === 'retention.ms')
    if (!entry) return null
    const value = Number(entry.configValue)
    return value < 0 ? Number.POSITIVE_INFINITY : value
  } catch (error) {
    if (error instanceof KafkaJSProtocolError) return null
    throw error
  }
}

/**
 * Opens a producer that waits for all in-sync replicas. It is not idempotent, because an idempotent producer
 * of kafkajs loses messages after a failed send (its issue 1005); receivers drop duplicates.
 */
export async function openProducer(config: KafkaConfig, topic: string): Promise<TopicProducer> {
  const producer = createKafka(config).producer({
    allowAutoTopicCreation: false,
    idempotent: false,
    maxInFlightRequests: 1,
    createPartitioner: keyPartitioner,
  })
  await runStep(config, producer, producer.connect())
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
    close: () => closeClient(producer, config.log),
  }
}

function isTooLarge(error: unknown): boolean {
  const cause = error instanceof Error && error.cause ? error.cause : error
  return (
    cause instanceof KafkaJSProtocolError &&
    ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'].includes(cause.type)
  )
}

/** The number of messages that the group has not committed, by partition. */
export function groupLag(config: KafkaConfig, groupId: string, topic: string): Promise<Map<number, number>> {
  return withAdmin(config, 1, async (admin) => {
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
  })
}
