import type { StatementRunner } from '@eungmo/db/connection/statement-link'
import { MIN_MESSAGE_ID, readOutbox } from '@eungmo/db/queries/outbox'
import type { BatchHandler, MessageSource } from '../contract/message-source.ts'
import type { Logger } from '../logger.ts'
import type { MetricSink } from '../metrics/metrics.ts'
import { leadOutbox, type OutboxLeader } from './outbox-leader.ts'
import { rawOutboxMessage } from './outbox-message.ts'

export interface OutboxSourceOptions {
  databaseUrl: string
  /** Two connections let the next rows be read while a batch is counted. */
  link: StatementRunner
  log: Logger
  metrics: MetricSink
}

const LIMIT = 5_000
/** A pass ends even if rows come faster than they are counted. */
const MAX_READS = 20

/**
 * Reads the outbox itself, for one machine without Kafka. Of many one reads and the others stand by. The
 * handler removes the rows in the statement that counts them.
 */
export function createOutboxSource(options: OutboxSourceOptions): MessageSource {
  let leader: OutboxLeader | null = null
  return {
    kind: 'outbox',
    async run(handler) {
      leader = leadOutbox(options, (isActive) => pass(options.link, handler, isActive))
      await leader.ended
    },
    async stop() {
      await leader?.stop()
    },
  }
}

/** The next rows are read while the handler counts; what committed late among them comes in the next pass. */
async function pass(link: StatementRunner, handler: BatchHandler, isActive: () => boolean): Promise<number> {
  let removed = 0
  let rows = await readOutbox(link, MIN_MESSAGE_ID, LIMIT)
  for (let reads = 1; rows.length > 0 && isActive(); reads++) {
    const more = rows.length === LIMIT && reads < MAX_READS
    const following = more
      ? readOutbox(link, rows.at(-1)?.messageId ?? MIN_MESSAGE_ID, LIMIT)
      : Promise.resolve([])
    following.catch(() => undefined)
    const messages = rows.map(rawOutboxMessage)
    const settled = await handler({ messages, isActive, keepAlive: async () => undefined })
    if (!settled) break
    removed += rows.length
    rows = await following
  }
  return removed
}
