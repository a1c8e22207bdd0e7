import { isDataError } from '@eungmo/db/connection/statement-error'
import type { StatementRunner } from '@eungmo/db/connection/statement-link'
import { type CountResult, countBatch } from '@eungmo/db/queries/analytics-count'
import { insertDeadLetters } from '@eungmo/db/queries/dead-letters'
import { isBelowFloor, readProcessedFloor } from '@eungmo/db/queries/processed-messages'
import { createDeadLetter } from '@eungmo/messaging/contract/dead-letter'
import type { BatchHandler, SourceBatch } from '@eungmo/messaging/contract/message-source'
import type { Logger } from '@eungmo/messaging/logging/logger'
import type { MetricSink } from '@eungmo/messaging/metrics/metrics'
import {
  type CountableMessage,
  decodeMessages,
  type InvalidMessage,
  outboxIdsOf,
  toCountBatch,
} from './decode.ts'
import { BatchAbandonedError, BatchTooSlowError, retryStatement } from './retry-statement.ts'

const TOO_OLD =
  'Older than the stored ids of counted messages, so it may have been counted: bun run rebuild decides'

export interface CountHandlerOptions {
  link: StatementRunner
  /** Called after each batch with the events whose counts changed. */
  onCounted: (eventIds: string[]) => void
  log: Logger
  metrics: MetricSink
}

/**
 * Creates the handler that counts batches, each message once however often it is delivered, and stores
 * invalid ones as dead letters.
 */
export function createCountHandler({ link, onCounted, log, metrics }: CountHandlerOptions): BatchHandler {
  const onRetry = () => metrics.add('eungmo_consumer_retries_total', 1)
  const retry = <T>(batch: SourceBatch, statement: () => Promise<T>, splittable = false) =>
    retryStatement(batch, statement, { log, onRetry, splittable })

  async function storeDeadLetters(batch: SourceBatch, invalid: InvalidMessage[]): Promise<void> {
    const stored = await retry(batch, () =>
      insertDeadLetters(
        link,
        invalid.map(({ raw, cause }) => createDeadLetter(raw, cause)),
        outboxIdsOf(invalid.map(({ raw }) => raw)),
      ),
    )
    metrics.add('eungmo_consumer_dead_letters_total', stored)
    const [first] = invalid
    log.error({ err: first?.cause, count: invalid.length }, 'Messages became dead letters')
  }

  /**
   * Puts aside the messages that are older than the processed ids that are stored, as a topic with a longer
   * retention delivers them to a new group: counting them might count them twice. Counts the rest.
   */
  async function countRecent(batch: SourceBatch, messages: CountableMessage[], counted: CountResult[]) {
    const floor = await retry(batch, () => readProcessedFloor(link))
    const [old, recent] = [
      messages.filter((m) => m.messageId < floor),
      messages.filter((m) => m.messageId >= floor),
    ]
    await storeDeadLetters(
      batch,
      old.map(({ raw }) => ({ raw, cause: TOO_OLD })),
    )
    if (recent.length > 0) await count(batch, recent, counted)
  }

  /**
   * Halves a batch that holds a value which PostgreSQL rejects until that message stands alone, and a batch
   * that a slow database cannot count within the time limit, because the same statement would fail again.
   * Each half is counted by itself.
   */
  async function count(
    batch: SourceBatch,
    messages: CountableMessage[],
    counted: CountResult[],
  ): Promise<void> {
    const countable = toCountBatch(messages)
    try {
      counted.push(await retry(batch, () => countBatch(link, countable), messages.length > 1))
    } catch (error) {
      if (isBelowFloor(error)) return await countRecent(batch, messages, counted)
      if (!isDataError(error) && !(error instanceof BatchTooSlowError)) throw error
      const [only] = messages
      if (messages.length > 1) {
        const middle = messages.length >> 1
        await count(batch, messages.slice(0, middle), counted)
        await count(batch, messages.slice(middle), counted)
      } else if (only) {
        const cause = `PostgreSQL rejected it: ${error instanceof Error ? error.message : String(error)}`
        await storeDeadLetters(batch, [{ raw: only.raw, cause }])
      }
    }
  }

  return async (batch) => {
    const start = performance.now()
    const { countable, invalid } = decodeMessages(batch.messages)
    const counted: CountResult[] = []
    try {
      if (invalid.length > 0) await storeDeadLetters(batch, invalid)
      if (countable.length > 0) await count(batch, countable, counted)
    } catch (error) {
      if (error instanceof BatchAbandonedError) return false
      throw error
    } finally {
      const eventIds = [...new Set(counted.flatMap((result) => result.eventIds))]
      if (eventIds.length > 0) onCounted(eventIds)
    }
    const fresh = counted.reduce((sum, result) => sum + result.fresh, 0)
    metrics.add('eungmo_consumer_messages_total', fresh)
    metrics.add('eungmo_consumer_duplicates_total', Math.max(0, countable.length - fresh))
    metrics.observe('eungmo_consumer_batch_size', batch.messages.length)
    metrics.observe('eungmo_consumer_batch_seconds', (performance.now() - start) / 1000)
    return true
  }
}
