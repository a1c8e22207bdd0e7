import type { Consumer } from 'kafkajs'
import { closeClient, createKafka, type KafkaConfig, runStep } from './kafka-client.ts'

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
  /** Resolves with the error after which the member must be replaced, or with null after stop. */
  readonly ended: Promise<Error | null>
  /** Lets the current batches finish and leaves the group; after an error it gives up within 2 s. */
  stop(): Promise<void>
}

export interface GroupOptions {
  groupId: string
  topic: string
  /** Partitions that are processed at a time. */
  concurrency: number
}

const DEFAULT_SILENCE_MS = 60_000

/**
 * Joins the group with a new client and passes its partitions' batches to `onBatch`, until it is stopped or
 * the client fails. kafkajs would restart a consumer on the client that has just failed, without end: any
 * crash, and a client that neither fetches nor sends a heartbeat, ends the member instead.
 */
export async function joinGroup(
  config: KafkaConfig,
  { groupId, topic, concurrency }: GroupOptions,
  onBatch: (batch: PartitionBatch) => Promise<void>,
): Promise<GroupMember> {
  const { log, timeouts } = config
  const silenceMs = timeouts?.silenceMs ?? DEFAULT_SILENCE_MS
  const consumer = createKafka(config).consumer({
    groupId,
    sessionTimeout: 6_000,
    // A handler notices a rebalance within a second. Well below the silence after which a member is replaced.
    rebalanceTimeout: 20_000,
    heartbeatInterval: 1_500,
    maxWaitTimeInMs: 100,
    maxBytesPerPartition: 1536 * 1024,
    allowAutoTopicCreation: false,
    retry: { restartOnFailure: async () => false },
  })
  const ended = Promise.withResolvers<Error | null>()
  let failed = false
  const fail = (error: unknown) => {
    failed = true
    ended.resolve(error instanceof Error ? error : new Error(String(error)))
  }
  const { CRASH, FETCH, GROUP_JOIN, HEARTBEAT, START_BATCH_PROCESS } = consumer.events
  consumer.on(CRASH, ({ payload }) => {
    log.warn({ err: payload.error }, 'kafka: the consumer crashed')
    fail(payload.error)
  })
  let lastSignAt = performance.now()
  const alive = () => {
    lastSignAt = performance.now()
  }
  for (const event of [FETCH, GROUP_JOIN, HEARTBEAT, START_BATCH_PROCESS] as const) consumer.on(event, alive)
  const connect = async () => {
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
  }
  await runStep(config, consumer, connect())
  const watchdog = setInterval(() => {
    if (performance.now() - lastSignAt > silenceMs)
      fail(new Error(`The consumer neither fetched nor sent a heartbeat for ${silenceMs} ms`))
  }, silenceMs / 10)
  run(consumer, concurrency, () => failed, onBatch).catch(fail)
  let stopped: Promise<void> | null = null
  return {
    ended: ended.promise,
    stop() {
      clearInterval(watchdog)
      ended.resolve(null)
      stopped ??= failed ? closeClient(consumer, log) : leave(consumer, log)
      return stopped
    },
  }
}

function run(
  consumer: Consumer,
  concurrency: number,
  hasFailed: () => boolean,
  onBatch: (batch: PartitionBatch) => Promise<void>,
) {
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
        isActive: () => isRunning() && !isStale() && !hasFailed(),
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

/** Waits for the current batches, however long they take. */
async function leave(consumer: Consumer, log: KafkaConfig['log']): Promise<void> {
  try {
    await consumer.disconnect()
  } catch (error) {
    log.warn({ err: error }, 'kafka: the consumer did not leave cleanly')
  }
}
