import { describe, expect, test } from 'vitest'
import { sampleMessage } from '../../testing/sample-message.ts'
import { decodeMessage, MAX_VALUE_BYTES } from './decode-message.ts'
import type { RawMessage } from './message-source.ts'

function raw(changes: Partial<RawMessage> = {}): RawMessage {
  const { value, headers } = sampleMessage()
  return {
    source: 'kafka',
    topic: 't',
    partition: 0,
    offset: '0',
    outboxId: null,
    key: null,
    value,
    headers,
    ...changes,
  }
}

function causeOf(changes: Partial<RawMessage>): string {
  const decoded = decodeMessage(raw(changes))
  return decoded.ok ? '' : decoded.cause
}

describe('decodeMessage', () => {
  test('decodes text and bytes to the same message', () => {
    const message = raw()
    const bytes = Buffer.from(String(message.value))
    expect(decodeMessage(message)).toEqual(decodeMessage({ ...message, value: bytes }))
    expect(decodeMessage(message).ok).toBe(true)
  })

  test('names the cause of every invalid message', () => {
    const { headers } = raw()
    expect(causeOf({ value: null })).toContain('tombstone')
    expect(causeOf({ value: 'x'.repeat(MAX_VALUE_BYTES + 1) })).toContain('bytes')
    expect(causeOf({ value: '{"participantId"' })).toContain('not JSON')
    expect(causeOf({ value: '[]' })).toContain('not a valid ParticipantRegistered')
    expect(causeOf({ headers: {} })).toContain('event-type is missing')
    expect(causeOf({ headers: { ...headers, 'event-type': 'Else' } })).toContain('Unknown event type "Else"')
    expect(causeOf({ headers: { ...headers, 'schema-version': '2' } })).toContain(
      'Unknown schema version "2"',
    )
    expect(causeOf({ headers: { ...headers, 'message-id': 'x' } })).toContain('differs from participantId')
  })

  test('accepts exactly the four fields of the payload', () => {
    const value = JSON.parse(String(raw().value))
    expect(causeOf({ value: JSON.stringify({ ...value, phone: '010' }) })).toContain('phone')
    const { entryPath: _, ...rest } = value
    expect(causeOf({ value: JSON.stringify(rest) })).toContain('entryPath')
    expect(causeOf({ value: JSON.stringify({ ...value, entryPath: '\ud800' }) })).toContain('surrogate')
    expect(causeOf({ value: JSON.stringify({ ...value, timestamp: 'yesterday' }) })).toContain('timestamp')
  })
})
