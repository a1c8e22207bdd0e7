import { isDataError } from '@eungmo/db/connection/statement-error'
import type { StatementRunner } from '@eungmo/db/connection/statement-link'
import { countBatch } from '@eungmo/db/queries/analytics-count'
import { insertDeadLetters } from '@eungmo/db/queries/dead-letters'
import { countViews } from '@eungmo/db/queries/entry-page-views'
import { isBelowFloor, readProcessedFloor } from '@eungmo/db/queries/processed-messages'
import { createDeadLetter } from '@eungmo/messaging/contract/dead-letter'
import type { BatchHandler, SourceBatch } from '@eungmo/messaging/contract/message-source'
import type { Logger } from '@eungmo/messaging/logging/logger'
import type { MetricSink } from '@eungmo/messaging/metrics/metrics'
import {
  type CountableEntry,
  type CountableMessage,
  type CountableViews,
  decodeMessages,
  distinctViews,
  type InvalidMessage,
  outboxIdsOf,
  toCountBatch,
} from './decode.ts'
import { BatchAbandonedError, BatchTooSlowError, retryStatement } from './retry-statement.ts'

const MAYBE_COUNTED = 'Older than the stored ids of counted messages, so it may have been counted'

/** Messages of one kind, with the statement that counts them. */
interface Kind<M extends CountableMessage> {
  /** Safe to repeat. */
  count(messages: M[]): Promise<Counted>
  /** The cause of a dead letter for a message that may have been counted. */
  tooOld: string
}

interface Counted {
  /** Messages that had not been counted before. */
  fresh: number
  eventIds: string[]
}

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
  const entryKind: Kind<CountableEntry> = {
    count: (messages) => countBatch(link, toCountBatch(messages)),
    tooOld: `${MAYBE_COUNTED}: bun run rebuild decides`,
  }
  const viewsKind: Kind<CountableViews> = {
    count: (messages) =>
      countViews(link, distinctViews(messages), outboxIdsOf(messages.map(({ raw }) => raw))),
    tooOld: MAYBE_COUNTED,
  }

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
  async function countRecent<M extends CountableMessage>(
    batch: SourceBatch,
    kind: Kind<M>,
    messages: M[],
    counted: Counted[],
  ): Promise<void> {
    const floor = await retry(batch, () => readProcessedFloor(link))
    const [old, recent] = [
      messages.filter((m) => m.messageId < floor),
      messages.filter((m) => m.messageId >= floor),
    ]
    await storeDeadLetters(
      batch,
      old.map(({ raw }) => ({ raw, cause: kind.tooOld })),
    )
    if (recent.length > 0) await count(batch, kind, recent, counted)
  }

  /**
   * Halves a batch that holds a value which PostgreSQL rejects until that message stands alone, and a batch
   * that a slow database cannot count within the time limit, because the same statement would fail again.
   * Each half is counted by itself.
   */
  async function count<M extends CountableMessage>(
    batch: SourceBatch,
    kind: Kind<M>,
    messages: M[],
    counted: Counted[],
  ): Promise<void> {
    try {
      counted.push(await retry(batch, () => kind.count(messages), messages.length > 1))
    } catch (error) {
      if (isBelowFloor(error)) return await countRecent(batch, kind, messages, counted)
      if (!isDataError(error) && !(error instanceof BatchTooSlowError)) throw error
      const [only] = messages
      if (messages.length > 1) {
        const middle = messages.length >> 1
        await count(batch, kind, messages.slice(0, middle), counted)
        await count(batch, kind, messages.slice(middle), counted)
      } else if (only) {
        const cause = `PostgreSQL rejected it: ${error instanceof Error ? error.message : String(error)}`
        await storeDeadLetters(batch, [{ raw: only.raw, cause }])
      }
    }
  }

  return async (batch) => {
    const start = performance.now()
    const { entries, views, invalid } = decodeMessages(batch.messages)
    const counted: Counted[] = []
    try {
      if (invalid.length > 0) await storeDeadLetters(batch, invalid)
      if (entries.length > 0) await count(batch, entryKind, entries, counted)
      if (views.length > 0) await count(batch, viewsKind, views, counted)
    } catch (error) {
      if (error instanceof BatchAbandonedError) return false
      throw error
    } finally {
      const eventIds = [...new Set(counted.flatMap((result) => result.eventIds))]
      if (eventIds.length > 0) onCounted(eventIds)
    }
    const fresh = counted.reduce((sum, result) => sum + result.fresh, 0)
    metrics.add('eungmo_consumer_messages_total', fresh)
    metrics.add('eungmo_consumer_duplicates_total', Math.max(0, entries.length + views.length - fresh))
    metrics.observe('eungmo_consumer_batch_size', batch.messages.length)
    metrics.observe('eungmo_consumer_batch_seconds', (performance.now() - start) / 1000)
    return true
  }
}
