import type { OutboxRow } from '@eungmo/db/queries/outbox'
import { headerNames } from '../contract/message.ts'
import type { RawMessage } from '../contract/message-source.ts'

/** The headers under which an outbox row is published. */
export function outboxHeaders(row: OutboxRow): Record<string, string> {
  return {
    [headerNames.messageId]: row.messageId,
    [headerNames.eventType]: row.eventType,
    [headerNames.schemaVersion]: String(row.schemaVersion),
  }
}

/** An outbox row as a raw message. */
export function toRawMessage(row: OutboxRow): RawMessage {
  return {
    source: 'outbox',
    topic: null,
    partition: null,
    offset: null,
    outboxId: row.messageId,
    key: Buffer.from(row.key),
    value: row.payload,
    headers: outboxHeaders(row),
  }
}
