import { findChannels } from '@eungmo/db/queries/channels'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { presentChannel } from './present-channel.ts'
import type { Channel } from './schema.ts'

/** The channels of the viewer's event. Throws NOT_FOUND. */
export async function listChannels(
  { db, publicUrl }: Pick<Dependencies, 'db' | 'publicUrl'>,
  viewer: Member,
  eventId: string,
): Promise<Channel[]> {
  const event = await requireOwnEvent(db, viewer, eventId)
  const rows = await findChannels(db, { eventId: event.id })
  return rows.map((row) => presentChannel(publicUrl, event, row))
}
