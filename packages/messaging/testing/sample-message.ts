import { randomUUIDv7 } from 'bun'
import { type EntryPageViewed, headerNames, type ParticipantRegistered } from '../src/contract/message.ts'
import type { ProducerMessage } from '../src/kafka/kafka-client.ts'

export const SAMPLE_EVENT_ID = '01890000-0000-7000-8000-000000000001'

/** A valid message of a new participant. */
export function sampleMessage(payload: Partial<ParticipantRegistered> = {}): ProducerMessage {
  const participantId = payload.participantId ?? randomUUIDv7()
  return {
    key: participantId,
    value: JSON.stringify({
      participantId,
      eventId: SAMPLE_EVENT_ID,
      entryPath: 'SNS',
      timestamp: '2026-11-01T09:30:00.000Z',
      ...payload,
    }),
    headers: {
      [headerNames.messageId]: participantId,
      [headerNames.eventType]: 'ParticipantRegistered',
      [headerNames.schemaVersion]: '1',
    },
  }
}

/** A valid message of three views. */
export function sampleViews(payload: Partial<EntryPageViewed> = {}): ProducerMessage {
  return {
    key: payload.eventId ?? SAMPLE_EVENT_ID,
    value: JSON.stringify({
      eventId: SAMPLE_EVENT_ID,
      channel: 'sns',
      hour: '2026-11-01T09:00:00.000Z',
      count: 3,
      ...payload,
    }),
    headers: {
      [headerNames.messageId]: randomUUIDv7(),
      [headerNames.eventType]: 'EntryPageViewed',
      [headerNames.schemaVersion]: '1',
    },
  }
}
