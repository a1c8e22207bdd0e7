import { and, eq, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { eventPictures, events } from '../schema/index.ts'

/** What a page needs to show an event's picture. */
export interface EventPicture {
  /** Part of its address: other bytes have another version. */
  version: string
  altText: string
  /** Of the large picture in px; the height is three quarters of it. */
  width: number
}

/** `small` is at most 720 px wide and 60 kB, `large` at most 1,440 px and 150 kB. */
type PictureSize = 'small' | 'large'

type NewEventPicture = Omit<typeof eventPictures.$inferInsert, 'createdAt'>

/** A column of a query over events: the picture, or null. */
export const pictureOfEvent = sql<EventPicture | null>`(select json_build_object('version', ${eventPictures.version},
  'altText', ${eventPictures.altText}, 'width', ${eventPictures.width})
  from ${eventPictures} where ${eventPictures.eventId} = ${events.id})`

/** The bytes of a picture, or undefined where the event has none of this version. */
export async function findPictureBytes(
  executor: Executor,
  { eventId, version, size }: { eventId: string; version: string; size: PictureSize },
): Promise<Uint8Array | undefined> {
  const [row] = await executor
    .select({ bytes: eventPictures[size] })
    .from(eventPictures)
    .where(and(eq(eventPictures.eventId, eventId), eq(eventPictures.version, version)))
  return row?.bytes
}

/** The large picture of an event as JPEG, with what it shows; undefined where it has none. */
export async function findPictureJpeg(
  executor: Executor,
  { eventId }: { eventId: string },
): Promise<(EventPicture & { jpeg: Uint8Array }) | undefined> {
  const { version, altText, width, jpeg } = eventPictures
  const [row] = await executor
    .select({ version, altText, width, jpeg })
    .from(eventPictures)
    .where(eq(eventPictures.eventId, eventId))
  return row
}

/** Stores the picture of an event, in place of the one before. */
export async function upsertPicture(executor: Executor, picture: NewEventPicture): Promise<void> {
  const { eventId: _, ...set } = picture
  await executor
    .insert(eventPictures)
    .values(picture)
    .onConflictDoUpdate({ target: eventPictures.eventId, set: { ...set, createdAt: sql`now()` } })
}

/** Copies the picture of an event, where it has one, to another that has none. */
export async function copyPicture(
  executor: Executor,
  { fromEventId, toEventId }: { fromEventId: string; toEventId: string },
): Promise<void> {
  const { version, altText, width, small, large, jpeg } = eventPictures
  const picture = executor
    .select({
      eventId: sql<string>`${toEventId}::uuid`.as('event_id'),
      version,
      altText,
      width,
      small,
      large,
      jpeg,
      createdAt: sql<Date>`now()`.as('created_at'),
    })
    .from(eventPictures)
    .where(eq(eventPictures.eventId, fromEventId))
  await executor.insert(eventPictures).select(picture)
}

/** Changes what is said of a picture. Returns whether the event has one. */
export async function updateAltText(
  executor: Executor,
  { eventId, altText }: { eventId: string; altText: string },
): Promise<boolean> {
  const rows = await executor
    .update(eventPictures)
    .set({ altText })
    .where(eq(eventPictures.eventId, eventId))
    .returning({ eventId: eventPictures.eventId })
  return rows.length > 0
}

/** Deletes the picture of an event, where it has one. */
export async function deletePicture(executor: Executor, { eventId }: { eventId: string }): Promise<void> {
  await executor.delete(eventPictures).where(eq(eventPictures.eventId, eventId))
}
