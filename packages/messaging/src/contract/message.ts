import { z } from 'zod'

/** The one topic of everything that happens to participants. */
export const participantEventsTopic = 'participant-events'

/** Names of the message headers; values are UTF-8 text. */
export const headerNames = {
  /**
   * UUIDv7, unique a message. For ParticipantRegistered it is the participantId; later types have their own.
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
    .refine((text) => text.isWellFormed(), 'Half a surrogate pair'),
  /** When the entry was accepted, ISO 8601 with offset. */
  timestamp: z.iso.datetime({ offset: true }),
})
export type ParticipantRegistered = z.infer<typeof participantRegisteredSchema>

/**
 * Every known type with the schema of each of its versions; a new type is a new line here and one in the
 * projection.
 */
export const messageSchemas = {
  ParticipantRegistered: { 1: participantRegisteredSchema },
} as const

/** A message as its receivers see it. */
export interface ParticipantRegisteredMessage {
  messageId: string
  eventType: 'ParticipantRegistered'
  payload: ParticipantRegistered
}
export type Message = ParticipantRegisteredMessage
