import type { CountBatch, CountGroup } from '@eungmo/db/queries/analytics-count'
import { decodeMessage } from '@eungmo/messaging/contract/decode-message'
import type { RawMessage } from '@eungmo/messaging/contract/message-source'
import { type Contribution, project } from './project.ts'

/** A decoded message with its contribution to the counts. */
export interface CountableMessage {
  raw: RawMessage
  messageId: string
  contribution: Contribution
}

/** A message that cannot be decoded. */
export interface InvalidMessage {
  raw: RawMessage
  cause: string
}

/** Decodes messages and separates the countable from the invalid ones. */
export function decodeMessages(messages: readonly RawMessage[]): {
  countable: CountableMessage[]
  invalid: InvalidMessage[]
} {
  const countable: CountableMessage[] = []
  const invalid: InvalidMessage[] = []
  for (const raw of messages) {
    const decoded = decodeMessage(raw)
    if (decoded.ok)
      countable.push({ raw, messageId: decoded.message.messageId, contribution: project(decoded.message) })
    else invalid.push({ raw, cause: decoded.cause })
  }
  return { countable, invalid }
}

/**
 * The input of the counting statement: each id once, in ascending order, and messages with equal
 * contributions as one group.
 */
export function toCountBatch(messages: readonly CountableMessage[]): CountBatch {
  const byId = new Map<string, Contribution>()
  for (const { messageId, contribution } of messages) byId.set(messageId, contribution)
  const messageIds = [...byId.keys()].sort()

  const groups: CountGroup[] = []
  const indexes = new Map<string, number>()
  const groupOf = messageIds.map((id) => {
    const contribution = byId.get(id)
    if (!contribution) throw new Error(`The batch has no message ${id}`)
    const key = `${contribution.eventId}${contribution.hour}${contribution.delta} ${contribution.entryPath}`
    let index = indexes.get(key)
    if (index === undefined) {
      index = groups.push({ ...contribution, size: 0 }) - 1
      indexes.set(key, index)
    }
    const group = groups[index]
    if (group) group.size++
    return index
  })
  return { messageIds, groupOf, groups, outboxIds: outboxIdsOf(messages.map(({ raw }) => raw)) }
}

/** The ids of the messages' rows in the outbox; none for messages from Kafka. */
export function outboxIdsOf(messages: readonly RawMessage[]): string[] {
  return messages.map((raw) => raw.outboxId).filter((id) => id !== null)
}
