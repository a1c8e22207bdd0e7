import { createHash } from 'node:crypto'
import type { DeadLetter } from '@eungmo/db/queries/dead-letters'
import { headerNames } from './message.ts'
import type { RawMessage } from './message-source.ts'

/** The letter for a message that cannot go on; the same position always makes the same letter. */
export function deadLetterOf(raw: RawMessage, cause: string): DeadLetter {
  const { source, topic, partition, offset, key, value, headers } = raw
  const position = raw.outboxId === null ? `${topic}/${partition}/${offset}` : `outbox/${raw.outboxId}`
  return {
    id: uuidOf(position),
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

/** A UUID of version 8 (RFC 9562: custom) from the text's SHA-256. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
