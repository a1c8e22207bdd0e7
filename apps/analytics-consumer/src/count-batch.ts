import { isDataError } from '@eungmo/db/connection/statement-error'
import type { StatementRunner } from '@eungmo/db/connection/statement-link'
import { type CountResult, countBatch } from '@eungmo/db/queries/analytics-count'
import { insertDeadLetters } from '@eungmo/db/queries/dead-letters'
import { createDeadLetter } from '@eungmo/messaging/contract/dead-letter'
import type { BatchHandler, SourceBatch } from '@eungmo/messaging/contract/message-source'
import type { Logger } from '@eungmo/messaging/logger'
import type { MetricSink } from '@eungmo/messaging/metrics/metrics'
import { type Countable, countBatchOf, outboxIdsOf, sortOut, type Unreadable } from './decode.ts'
import { GivenUp, TooSlow, untilDone } from './retry-statement.ts'

export interface CountHandlerOptions {
  link: StatementRunner
  /** Told after each batch which events' counts changed. */
  onCounted: (eventIds: string[]) => void
  log: Logger
  metrics: MetricSink
}

/** Counts batches, each message once whatever is delivered again, and puts aside what cannot be counted. */
export function createCountHandler({ link, onCounted, log, metrics }: CountHandlerOptions): BatchHandler {
  const onRetry = () => metrics.add('eungmo_consumer_retries_total', 1)
  const repeat = <T>(batch: SourceBatch, statement: () => Promise<T>, splittable = false) =>
    untilDone(batch, statement, { log, onRetry, splittable })

  async function putAside(batch: SourceBatch, letters: Unreadable[]): Promise<void> {
    const stored = await repeat(batch, () =>
      insertDeadLetters(
        link,
        letters.map(({ raw, cause }) => createDeadLetter(raw, cause)),
        outboxIdsOf(letters.map(({ raw }) => raw)),
      ),
    )
    metrics.add('eungmo_consumer_dead_letters_total', stored)
    const [first] = letters
    log.error({ count: letters.length, cause: first?.cause }, 'Messages became dead letters')
  }

  /**
   * A value that Postgres refuses halves the batch until it stands alone, and a batch that a struggling
   * database cannot count within the time limit is halved too, lest the same statement fails for ever. Each
   * half counts for itself.
   */
  async function count(batch: SourceBatch, messages: Countable[], counted: CountResult[]): Promise<void> {
    const arguments_ = countBatchOf(messages)
    try {
      counted.push(await repeat(batch, () => countBatch(link, arguments_), messages.length > 1))
    } catch (error) {
      if (!isDataError(error) && !(error instanceof TooSlow)) throw error
      const [only] = messages
      if (messages.length > 1) {
        const middle = messages.length >> 1
        await count(batch, messages.slice(0, middle), counted)
        await count(batch, messages.slice(middle), counted)
      } else if (only) {
        const cause = `Postgres refuses it: ${error instanceof Error ? error.message : String(error)}`
        await putAside(batch, [{ raw: only.raw, cause }])
      }
    }
  }

  return async (batch) => {
    const start = performance.now()
    const { countable, unreadable } = sortOut(batch.messages)
    const counted: CountResult[] = []
    try {
      if (unreadable.length > 0) await putAside(batch, unreadable)
      if (countable.length > 0) await count(batch, countable, counted)
    } catch (error) {
      if (error instanceof GivenUp) return false
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
