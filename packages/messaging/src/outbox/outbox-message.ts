import type { OutboxRow } from '@eungmo/db/queries/outbox'
import { headerNames } from '../contract/message.ts'
import type { RawMessage } from '../contract/message-source.ts'

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
