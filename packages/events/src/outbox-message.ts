import type { OutboxRow } from '@eungmo/db/queries/outbox'
import { headerNames } from './contract.ts'
import type { RawMessage } from './event-source.ts'

/** An outbox row in the shape that a message from Kafka has. */
export function rawOutboxMessage(row: OutboxRow): RawMessage {
  return {
    source: 'outbox',
    topic: null,
    partition: null,
    offset: null,
    outboxId: row.messageId,
    key: Buffer.from(row.key),
    value: row.payload,
    headers: {
      [headerNames.messageId]: row.messageId,
      [headerNames.eventType]: row.eventType,
      [headerNames.schemaVersion]: String(row.schemaVersion),
    },
  }
}
