import type { CountBatch, CountGroup } from '@eungmo/db/queries/analytics-count'
import { decodeMessage } from '@eungmo/messaging/contract/decode-message'
import type { RawMessage } from '@eungmo/messaging/contract/message-source'
import { type Projected, project } from './project.ts'

/** A readable message with what it adds. */
export interface Countable {
  raw: RawMessage
  messageId: string
  adds: Projected
}

export interface Unreadable {
  raw: RawMessage
  cause: string
}

/** Parts what can be counted from what cannot be read. */
export function sortOut(messages: readonly RawMessage[]): {
  countable: Countable[]
  unreadable: Unreadable[]
} {
  const countable: Countable[] = []
  const unreadable: Unreadable[] = []
  for (const raw of messages) {
    const decoded = decodeMessage(raw)
    if (decoded.ok)
      countable.push({ raw, messageId: decoded.message.messageId, adds: project(decoded.message) })
    else unreadable.push({ raw, cause: decoded.cause })
  }
  return { countable, unreadable }
}

/** The counting statement's arguments: each id once, in ascending order; equal groups once. */
export function countBatchOf(messages: readonly Countable[]): CountBatch {
  const byId = new Map<string, Projected>()
  for (const { messageId, adds } of messages) byId.set(messageId, adds)
  const messageIds = [...byId.keys()].sort()

  const groups: CountGroup[] = []
  const indexes = new Map<string, number>()
  const groupOf = messageIds.map((id) => {
    const adds = byId.get(id)
    if (!adds) throw new Error(`The batch lost message ${id}`)
    const key = `${adds.eventId}${adds.hour}${adds.delta} ${adds.entryPath}`
    let index = indexes.get(key)
    if (index === undefined) {
      index = groups.push({ ...adds, size: 0 }) - 1
      indexes.set(key, index)
    }
    const group = groups[index]
    if (group) group.size++
    return index
  })
  return { messageIds, groupOf, groups, outboxIds: outboxIdsOf(messages.map(({ raw }) => raw)) }
}

export function outboxIdsOf(messages: readonly RawMessage[]): string[] {
  return messages.map((raw) => raw.outboxId).filter((id) => id !== null)
}
