import { setChannelArchived } from '@eungmo/db/queries/channels'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { changeChannels, requireChannel } from './change-channels.ts'
import type { Channel } from './schema.ts'

/**
 * Removes an entry path from the form, or restores it. Its entries stay. Throws CONFLICT for the last one on
 * the form.
 */
export function archiveChannel(
  dependencies: Pick<Dependencies, 'db' | 'publicUrl'>,
  viewer: Member,
  { eventId, entryPath, archived }: { eventId: string; entryPath: string; archived: boolean },
): Promise<Channel> {
  return changeChannels(dependencies, viewer, eventId, async (state) => {
    const { code, kind } = requireChannel(state, entryPath, ['link', 'store'])
    const others = state.channels.some(
      (channel) => channel.kind === 'link' && !channel.archived && channel.code !== code,
    )
    if (archived && kind === 'link' && !others) throw new DomainError('CONFLICT', { reason: 'last-channel' })
    await setChannelArchived(state.tx, { eventId: state.event.id, entryPath, archived })
    return (row) => row.code === code
  })
}
