import { updateEventRow } from '@eungmo/db/queries/events'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { changeChannels } from './change-channels.ts'
import { createVisitToken } from './create-visit-token.ts'
import type { Channel } from './schema.ts'

/** Creates a new in-store link; visits through prints of the older one no longer count. */
export function renewVisitToken(
  dependencies: Pick<Dependencies, 'db' | 'publicUrl'>,
  viewer: Member,
  eventId: string,
): Promise<Channel> {
  return changeChannels(dependencies, viewer, eventId, async ({ tx, event }) => {
    await updateEventRow(tx, { eventId: event.id, changes: { visitToken: createVisitToken() } })
    return (row) => row.kind === 'store'
  })
}
