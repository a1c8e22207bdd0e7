import { renameChannelRow } from '@eungmo/db/queries/channels'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'
import { changeChannels, requireChannel } from './change-channels.ts'
import { STORE_CHANNEL } from './channel-defaults.ts'
import type { Channel } from './schema.ts'

/**
 * Renames an entry path; its printed link stays valid. Throws CONFLICT when the new name is taken, or when
 * the path already has entries: their messages would name a path that no longer exists.
 */
export function renameChannel(
  dependencies: Pick<Dependencies, 'db' | 'publicUrl'>,
  viewer: Member,
  request: { eventId: string; entryPath: string; newEntryPath: string },
): Promise<Channel> {
  const { newEntryPath } = request
  if (newEntryPath === STORE_CHANNEL.entryPath) throw invalidField('newEntryPath', 'channel.reserved')
  return changeChannels(dependencies, viewer, request.eventId, async (state) => {
    const { code, entries, entryPath } = requireChannel(state, request.entryPath)
    if (newEntryPath !== entryPath) {
      if (entries > 0) throw new DomainError('CONFLICT', { reason: 'channel-has-entries' })
      if (state.channels.some((channel) => channel.entryPath === newEntryPath))
        throw new DomainError('CONFLICT', { reason: 'channel-exists' })
      await renameChannelRow(state.tx, { eventId: state.event.id, entryPath, newEntryPath })
    }
    return (row) => row.code === code
  })
}
