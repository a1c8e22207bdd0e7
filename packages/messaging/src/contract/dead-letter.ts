import type { DeadLetter } from '@eungmo/db/queries/dead-letters'
import { headerNames } from './message.ts'
import type { RawMessage } from './message-source.ts'
import { uuidFromText } from './uuid-from-text.ts'

/** The dead letter of a message that cannot be processed. Its id follows from the message's position. */
export function createDeadLetter(raw: RawMessage, cause: string): DeadLetter {
  const { source, topic, partition, offset, key, value, headers } = raw
  const position = raw.outboxId === null ? `${topic}/${partition}/${offset}` : `outbox/${raw.outboxId}`
  return {
    id: uuidFromText(position),
    source,
    topic,
    partition,
    offset,
    messageId: headers[headerNames.messageId] ?? null,
    eventType: headers[headerNames.eventType] ?? null,
    key,
    headers: JSON.stringify(headers),
    value: typeof value === 'string' ? Buffer.from(value) : value,
    cause,
  }
}
