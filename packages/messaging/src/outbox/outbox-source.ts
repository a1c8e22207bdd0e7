import type { StatementRunner } from '@eungmo/db/connection/statement-link'
import { MIN_MESSAGE_ID, readOutbox } from '@eungmo/db/queries/outbox'
import type { BatchHandler, MessageSource } from '../contract/message-source.ts'
import type { Logger } from '../logging/logger.ts'
import type { MetricSink } from '../metrics/metrics.ts'
import { leadOutbox, type OutboxLeader } from './outbox-leader.ts'
import { toRawMessage } from './outbox-message.ts'

export interface OutboxSourceOptions {
  databaseUrl: string
  /** With two connections the next rows are read while a batch is counted. */
  link: StatementRunner
  log: Logger
  metrics: MetricSink
}

const MAX_BATCH_MESSAGES = 5_000
/** A pass ends even if rows arrive faster than they are counted. */
const MAX_READS_PER_PASS = 20

/**
 * Reads the outbox directly, for installations without Kafka. Of several sources one reads and the others
 * stand by. The handler deletes the rows in the statement that counts them.
 */
export function createOutboxSource(options: OutboxSourceOptions): MessageSource {
  let leader: OutboxLeader | null = null
  return {
    kind: 'outbox',
    async run(handler) {
      leader = leadOutbox(options, [
        { pass: (isActive) => pass(options.link, handler, isActive), urgent: true },
      ])
      await leader.ended
    },
    async stop() {
      await leader?.stop()
    },
  }
}

/**
 * Reads the next rows while the handler counts. Rows that commit late among those already read come in the
 * next pass.
 */
async function pass(link: StatementRunner, handler: BatchHandler, isActive: () => boolean): Promise<number> {
  let removed = 0
  let rows = await readOutbox(link, 'all', MIN_MESSAGE_ID, MAX_BATCH_MESSAGES)
  for (let reads = 1; rows.length > 0 && isActive(); reads++) {
    const more = rows.length === MAX_BATCH_MESSAGES && reads < MAX_READS_PER_PASS
    const following = more
      ? readOutbox(link, 'all', rows.at(-1)?.messageId ?? MIN_MESSAGE_ID, MAX_BATCH_MESSAGES)
      : Promise.resolve([])
    following.catch(() => undefined)
    const messages = rows.map(toRawMessage)
    const completed = await handler({ messages, isActive, keepAlive: async () => undefined })
    if (!completed) break
    removed += rows.length
    rows = await following
  }
  return removed
}
