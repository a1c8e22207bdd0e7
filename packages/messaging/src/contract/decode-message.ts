import { z } from 'zod'
import { decodeUtf8 } from './decode-utf8.ts'
import { headerNames, type Message, messageSchemas } from './message.ts'
import type { RawMessage } from './message-source.ts'

/** A message, or the cause for which it cannot be counted. */
export type DecodeResult = { ok: true; message: Message } | { ok: false; cause: string }

/** Larger values are not parsed. A valid one has about 200 bytes. */
export const MAX_VALUE_BYTES = 64 * 1024

/** Decodes and validates a message. The cause of an invalid one is one sentence. Never throws. */
export function decodeMessage(raw: RawMessage): DecodeResult {
  const { value, headers } = raw
  if (value === null) return invalid('The message has no value (tombstone)')
  if (value.length > MAX_VALUE_BYTES)
    return invalid(`The value has ${value.length} bytes, more than ${MAX_VALUE_BYTES}`)
  const eventType = headers[headerNames.eventType]
  if (eventType === undefined) return invalid(`The header ${headerNames.eventType} is missing`)
  if (eventType !== 'ParticipantRegistered' && eventType !== 'EntryPageViewed')
    return invalid(`Unknown event type "${truncate(eventType)}"`)
  const version = headers[headerNames.schemaVersion]
  if (version !== '1') return invalid(`Unknown schema version "${truncate(version ?? '')}" of ${eventType}`)

  let json: unknown
  try {
    json = JSON.parse(typeof value === 'string' ? value : decodeUtf8(value))
  } catch (error) {
    return invalid(`The value is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const messageId = headers[headerNames.messageId]?.toLowerCase() ?? ''
  return eventType === 'ParticipantRegistered' ? toEntry(messageId, json) : toViews(messageId, json)
}

function toEntry(messageId: string, json: unknown): DecodeResult {
  const eventType = 'ParticipantRegistered'
  const { success, data: payload, error } = messageSchemas[eventType][1].safeParse(json)
  if (!success) return invalid(`The value is not a valid ${eventType}: ${z.prettifyError(error)}`)
  if (messageId !== payload.participantId.toLowerCase())
    return invalid(`The header ${headerNames.messageId} differs from participantId`)
  return { ok: true, message: { messageId, eventType, payload } }
}

function toViews(messageId: string, json: unknown): DecodeResult {
  const eventType = 'EntryPageViewed'
  const { success, data: payload, error } = messageSchemas[eventType][1].safeParse(json)
  if (!success) return invalid(`The value is not a valid ${eventType}: ${z.prettifyError(error)}`)
  if (!messageIdSchema.safeParse(messageId).success)
    return invalid(`The header ${headerNames.messageId} is not a UUIDv7`)
  return { ok: true, message: { messageId, eventType, payload } }
}

const messageIdSchema = z.uuidv7()

function invalid(cause: string): DecodeResult {
  return { ok: false, cause }
}

function truncate(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
