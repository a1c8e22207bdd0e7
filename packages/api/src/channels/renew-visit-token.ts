import { randomBytes } from 'node:crypto'
import { updateEventRow } from '@eungmo/db/queries/events'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { changeChannels } from './change-channels.ts'
import type { Channel } from './schema.ts'

/** Makes a new in-store link; from then on visits through older prints count no longer. */
export function renewVisitToken(
  dependencies: Pick<Dependencies, 'db' | 'publicUrl'>,
  viewer: Member,
  eventId: string,
): Promise<Channel> {
  return changeChannels(dependencies, viewer, eventId, async ({ tx, event }) => {
    await updateEventRow(tx, {
      eventId: event.id,
      changes: { visitToken: randomBytes(16).toString('base64url') },
    })
    return (row) => row.kind === 'store'
  })
}
