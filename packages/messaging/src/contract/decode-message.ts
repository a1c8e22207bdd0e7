import { z } from 'zod'
import { textOf } from './bytes-to-text.ts'
import { headerNames, type Message, messageSchemas } from './message.ts'
import type { RawMessage } from './message-source.ts'

export type Decoded = { ok: true; message: Message } | { ok: false; cause: string }

/** Larger values are never parsed; ours have about 200 bytes. */
export const maxValueBytes = 64 * 1024

/** Reads a message by the contract, or says in one sentence why it cannot be counted. Never throws. */
export function decodeMessage(raw: RawMessage): Decoded {
  const { value, headers } = raw
  if (value === null) return broken('The message has no value (tombstone)')
  if (value.length > maxValueBytes)
    return broken(`The value has ${value.length} bytes, more than ${maxValueBytes}`)
  const eventType = headers[headerNames.eventType]
  if (eventType === undefined) return broken(`The header ${headerNames.eventType} is missing`)
  if (eventType !== 'ParticipantRegistered') return broken(`Unknown event type "${short(eventType)}"`)
  const version = headers[headerNames.schemaVersion]
  if (version !== '1') return broken(`Unknown schema version "${short(version ?? '')}" of ${eventType}`)

  let json: unknown
  try {
    json = JSON.parse(typeof value === 'string' ? value : textOf(value))
  } catch (error) {
    return broken(`The value is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const parsed = messageSchemas[eventType][version].safeParse(json)
  if (!parsed.success) return broken(`The value is no ${eventType}: ${z.prettifyError(parsed.error)}`)
  const payload = parsed.data
  const messageId = headers[headerNames.messageId]
  if (messageId?.toLowerCase() !== payload.participantId.toLowerCase())
    return broken(`The header ${headerNames.messageId} differs from participantId`)
  return { ok: true, message: { messageId: messageId.toLowerCase(), eventType, payload } }
}

function broken(cause: string): Decoded {
  return { ok: false, cause }
}

function short(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
