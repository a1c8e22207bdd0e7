import { z } from 'zod'

/** The topic of every message about participants. */
export const PARTICIPANT_EVENTS_TOPIC = 'participant-events'

/** The topic of views of entry pages, apart from the entries, which never wait for them. */
export const ENTRY_PAGE_VIEWS_TOPIC = 'entry-page-views'

/** Names of the message headers; values are UTF-8 text. */
export const headerNames = {
  /**
   * UUIDv7, unique per message. For ParticipantRegistered it is the participantId; other types have their
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
 * Sources of views that are no channel: opened without a known `via`, by a shared link, and by a channel beyond
 * the counted ones. No code of a channel starts with `~`.
 */
export const viewSources = { direct: '~direct', share: '~share', other: '~other' } as const

/** The views of a web process within a few seconds, of one event, source and hour. Exactly these four fields. */
export const entryPageViewedSchema = z.strictObject({
  eventId: z.uuid(),
  /** A channel's code, or one of `viewSources`. */
  channel: z.union([z.enum(viewSources), z.string().regex(/^[a-z0-9][a-z0-9-]{0,29}$/)]),
  /** The start of the hour in UTC, ISO 8601 with milliseconds. */
  hour: z.iso.datetime({ precision: 3 }).regex(/:00:00\.000Z$/),
  count: z.int().min(1).max(1_000_000_000),
})
export type EntryPageViewed = z.infer<typeof entryPageViewedSchema>

/**
 * The schema of every known type and version. A new type needs an entry here, and a case in the consumer's
 * decoding.
 */
export const messageSchemas = {
  ParticipantRegistered: { 1: participantRegisteredSchema },
  EntryPageViewed: { 1: entryPageViewedSchema },
} as const

/** A decoded message. */
export interface ParticipantRegisteredMessage {
  messageId: string
  eventType: 'ParticipantRegistered'
  payload: ParticipantRegistered
}
export interface EntryPageViewedMessage {
  messageId: string
  eventType: 'EntryPageViewed'
  payload: EntryPageViewed
}
export type Message = ParticipantRegisteredMessage | EntryPageViewedMessage
