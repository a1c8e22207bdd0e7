import type { StatementRunner } from '@eungmo/db/connection/statement-link'
import { insertDeadLetters } from '@eungmo/db/queries/dead-letters'
import {
  deleteFromOutbox,
  MIN_MESSAGE_ID,
  type OutboxQueue,
  type OutboxRow,
  readOutbox,
} from '@eungmo/db/queries/outbox'
import { createDeadLetter } from '../contract/dead-letter.ts'
import { MessageTooLargeError, type ProducerMessage, type TopicProducer } from '../kafka/kafka-client.ts'
import type { Logger } from '../logging/logger.ts'
import type { MetricSink } from '../metrics/metrics.ts'
import { outboxHeaders, toRawMessage } from '../outbox/outbox-message.ts'

export interface RelayPassOptions {
  link: StatementRunner
  /** The messages that this pass publishes. */
  queue: OutboxQueue
  producer: TopicProducer
  log: Logger
  metrics: MetricSink
}

const MAX_ROWS_PER_READ = 5_000
/** Below the broker's default limit of 1 MiB even when all messages belong to one partition. */
const MAX_SEND_BYTES = 900_000
/** What Kafka adds to a message: lengths, header names, deltas. */
const MESSAGE_OVERHEAD_BYTES = 64
const UUID_BYTES = 36
/**
 * A pass ends even if rows arrive faster than it sends them, so that rows that committed late get their turn.
 */
const MAX_READS_PER_PASS = 20

/**
 * One pass over a queue of the outbox: publishes rows in batches, one send in flight, and deletes each batch after its
 * acknowledgement while the next one is being sent. A crash in between publishes a batch twice; none is lost.
 * Returns the number of rows published.
 */
export async function relayPass(options: RelayPassOptions, isActive: () => boolean): Promise<number> {
  const { link, queue } = options
  let sent = 0
  let deletion: Promise<void> = Promise.resolve()
  let rows = await readOutbox(link, queue, MIN_MESSAGE_ID, MAX_ROWS_PER_READ)
  try {
    for (let reads = 1; rows.length > 0 && isActive(); reads++) {
      const last = rows.at(-1)?.messageId ?? MIN_MESSAGE_ID
      const more = rows.length === MAX_ROWS_PER_READ && reads < MAX_READS_PER_PASS
      const following = more ? readOutbox(link, queue, last, MAX_ROWS_PER_READ) : Promise.resolve([])
      following.catch(() => undefined)
      for (const chunk of toChunks(rows)) {
        if (!isActive()) return sent
        await publish(options, chunk)
        await deletion
        deletion = deleteFromOutbox(
          link,
          chunk.map((row) => row.messageId),
        )
        deletion.catch(() => undefined)
        sent += chunk.length
      }
      rows = await following
    }
  } finally {
    await deletion
  }
  return sent
}

async function publish(options: RelayPassOptions, rows: OutboxRow[]): Promise<void> {
  const { producer, metrics } = options
  try {
    await producer.send(rows.map(toProducerMessage))
    metrics.add('eungmo_relay_messages_total', rows.length)
    metrics.observe('eungmo_relay_batch_size', rows.length)
  } catch (error) {
    if (!(error instanceof MessageTooLargeError)) throw error
    await publishHalves(options, rows, error)
  }
}

/**
 * Halves a batch until the row that is too large stands alone, and stores it as a dead letter, so that it
 * does not block the others.
 */
async function publishHalves(
  options: RelayPassOptions,
  rows: OutboxRow[],
  error: MessageTooLargeError,
): Promise<void> {
  const { link, log, metrics } = options
  const [row] = rows
  if (rows.length > 1) {
    const middle = rows.length >> 1
    await publish(options, rows.slice(0, middle))
    await publish(options, rows.slice(middle))
  } else if (row) {
    await insertDeadLetters(link, [createDeadLetter(toRawMessage(row), error.message)], [row.messageId])
    metrics.add('eungmo_consumer_dead_letters_total', 1)
    log.error({ err: error, messageId: row.messageId }, 'A message became a dead letter')
  }
}

function toProducerMessage(row: OutboxRow): ProducerMessage {
  return { key: row.key, value: row.payload, headers: outboxHeaders(row) }
}

/** Splits rows into batches below MAX_SEND_BYTES. */
function* toChunks(rows: OutboxRow[]): Generator<OutboxRow[]> {
  let chunk: OutboxRow[] = []
  let bytes = 0
  for (const row of rows) {
    const size =
      Buffer.byteLength(row.payload) + row.eventType.length + 2 * UUID_BYTES + MESSAGE_OVERHEAD_BYTES
    if (chunk.length > 0 && bytes + size > MAX_SEND_BYTES) {
      yield chunk
      chunk = []
      bytes = 0
    }
    chunk.push(row)
    bytes += size
  }
  if (chunk.length > 0) yield chunk
}
