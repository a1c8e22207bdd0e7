import { z } from 'zod'

/** The topic of every message about participants. */
export const PARTICIPANT_EVENTS_TOPIC = 'participant-events'

/** Names of the message headers; values are UTF-8 text. */
export const headerNames = {
  /**
   * UUIDv7, unique per message. For ParticipantRegistered it is the participantId; later types have their
   * own.
   */
  messageId: 'message-id',
  eventType: 'event-type',
  schemaVersion: 'schema-version',
} as const

/** A customer entered an event. Exactly these four fields. */
export const participantRegisteredSchema = z.strictObject({
  participantId: z.uuidv7(),
  eventId: z.uuid(),
  entryPath: z
    .string()
    .min(1)
    .max(200)
    .refine((text) => text.isWellFormed(), 'Contains an unpaired surrogate'),
  /** When the entry was accepted, ISO 8601 with offset. */
  timestamp: z.iso.datetime({ offset: true }),
})
export type ParticipantRegistered = z.infer<typeof participantRegisteredSchema>

/**
 * The schema of every known type and version. A new type needs an entry here and a case in the consumer's
 * projection.
 */
export const messageSchemas = {
  ParticipantRegistered: { 1: participantRegisteredSchema },
} as const

/** A decoded message. */
export interface ParticipantRegisteredMessage {
  messageId: string
  eventType: 'ParticipantRegistered'
  payload: ParticipantRegistered
}
export type Message = ParticipantRegisteredMessage
