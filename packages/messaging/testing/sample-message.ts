import { randomUUIDv7 } from 'bun'
import { headerNames, type ParticipantRegistered } from '../src/contract/message.ts'
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
