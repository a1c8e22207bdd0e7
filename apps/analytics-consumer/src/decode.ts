import type { CountBatch, CountGroup } from '@eungmo/db/queries/analytics-count'
import type { ViewMessage } from '@eungmo/db/queries/entry-page-views'
import { decodeMessage } from '@eungmo/messaging/contract/decode-message'
import type { RawMessage } from '@eungmo/messaging/contract/message-source'
import { type Contribution, project } from './project.ts'

/** A decoded message. */
export interface CountableMessage {
  raw: RawMessage
  messageId: string
}

/** A message about a participant with its contribution to the counts. */
export interface CountableEntry extends CountableMessage {
  contribution: Contribution
}

/** A message about views. */
export interface CountableViews extends CountableMessage {
  views: ViewMessage
}

/** A message that cannot be decoded. */
export interface InvalidMessage {
  raw: RawMessage
  cause: string
}

export interface DecodedMessages {
  entries: CountableEntry[]
  views: CountableViews[]
  invalid: InvalidMessage[]
}

/** Decodes messages and separates them by what they are counted as. */
export function decodeMessages(messages: readonly RawMessage[]): DecodedMessages {
  const decodedMessages: DecodedMessages = { entries: [], views: [], invalid: [] }
  const { entries, views, invalid } = decodedMessages
  for (const raw of messages) {
    const decoded = decodeMessage(raw)
    if (!decoded.ok) {
      invalid.push({ raw, cause: decoded.cause })
      continue
    }
    const { message } = decoded
    const { messageId } = message
    if (message.eventType === 'ParticipantRegistered')
      entries.push({ raw, messageId, contribution: project(message.payload) })
    else views.push({ raw, messageId, views: { messageId, ...message.payload } })
  }
  return decodedMessages
}

/**
 * The input of the counting statement: each id once, in ascending order, and messages with equal
 * contributions as one group.
 */
export function toCountBatch(messages: readonly CountableEntry[]): CountBatch {
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

/** Each message once. */
export function distinctViews(messages: readonly CountableViews[]): ViewMessage[] {
  return [...new Map(messages.map(({ messageId, views }) => [messageId, views])).values()]
}

/** The ids of the messages' rows in the outbox; none for messages from Kafka. */
export function outboxIdsOf(messages: readonly RawMessage[]): string[] {
  return messages.map((raw) => raw.outboxId).filter((id) => id !== null)
}
