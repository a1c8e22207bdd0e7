import type { Executor } from '@eungmo/db/connection/client'
import { findPictureJpeg } from '@eungmo/db/queries/event-pictures'
import type { Context } from '../context.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { requireMember } from '../require-member.ts'
import { readPictureBytes } from './public-pictures.ts'
import type { OwnPictureInput, PictureView } from './schema.ts'

/** A picture to draw with. */
export interface PictureJpeg extends PictureView {
  /** As wide as the large one. */
  jpeg: Uint8Array
}

/**
 * The picture of an event in the format that resvg reads; null where it has none. The caller checks who may see it:
 * a page's view has no picture where the public sees none.
 */
export const readPictureJpeg = async (executor: Executor, eventId: string): Promise<PictureJpeg | null> =>
  (await findPictureJpeg(executor, { eventId })) ?? null

/** The picture of an event of the viewer's shop, also before it is published. Throws as `requireOwnEvent`. */
export async function readOwnPicture(
  { dependencies: { db }, viewer }: Pick<Context, 'dependencies' | 'viewer'>,
  { eventId, ...picture }: OwnPictureInput,
): Promise<Uint8Array> {
  const event = await requireOwnEvent(db, requireMember(viewer), eventId)
  return readPictureBytes(db, { eventId: event.id, ...picture })
}
