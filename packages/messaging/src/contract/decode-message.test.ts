import { describe, expect, test } from 'vitest'
import { SAMPLE_EVENT_ID, sampleMessage, sampleViews } from '../../testing/sample-message.ts'
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

function viewsCause(changes: Record<string, unknown>, headers: Record<string, string> = {}): string {
  const views = sampleViews()
  const value = JSON.stringify({ ...JSON.parse(views.value), ...changes })
  return causeOf({ value, headers: { ...views.headers, ...headers } })
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

  test('decodes views with the id of their message', () => {
    const { value, headers } = sampleViews({ count: 7 })
    const decoded = decodeMessage(raw({ value, headers }))
    expect(decoded).toMatchObject({
      ok: true,
      message: { messageId: headers['message-id'], eventType: 'EntryPageViewed', payload: { count: 7 } },
    })
  })

  test.each([
    [{ phone: '010' }, 'phone'],
    [{ eventId: undefined }, 'eventId'],
    [{ channel: '우리동네TV' }, 'channel'],
    [{ channel: '~else' }, 'channel'],
    [{ channel: '' }, 'channel'],
    [{ hour: '2026-11-01T09:30:00.000Z' }, 'hour'],
    [{ hour: '2026-11-01T09:00:00.000+09:00' }, 'hour'],
    [{ count: 0 }, 'count'],
    [{ count: 1.5 }, 'count'],
    [{ count: 2_000_000_000 }, 'count'],
  ])('rejects views with %j', (changes, field) => {
    expect(viewsCause(changes)).toContain('not a valid EntryPageViewed')
    expect(viewsCause(changes)).toContain(field)
  })

  test('accepts views from every source', () => {
    for (const channel of ['sns', 'store', 'a-1', '~direct', '~share', '~other'])
      expect(viewsCause({ channel })).toBe('')
  })

  test('rejects views whose message id is not a UUIDv7', () => {
    for (const id of ['', 'x', SAMPLE_EVENT_ID.replace('-7', '-4')])
      expect(viewsCause({}, { 'message-id': id })).toContain('is not a UUIDv7')
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
