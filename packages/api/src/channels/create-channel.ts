import { insertChannel } from '@eungmo/db/queries/channels'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'
import { changeChannels } from './change-channels.ts'
import { RESERVED_CODES, STORE_CHANNEL } from './channel-defaults.ts'
import { freeChannelCode } from './free-channel-code.ts'
import { type Channel, MAX_CHANNELS } from './schema.ts'

/**
 * Adds an entry path to an event, with a link of its own. Throws CONFLICT when the name is taken or there are
 * too many.
 */
export function createChannel(
  dependencies: Pick<Dependencies, 'db' | 'publicUrl'>,
  viewer: Member,
  { eventId, entryPath }: { eventId: string; entryPath: string },
): Promise<Channel> {
  if (entryPath === STORE_CHANNEL.entryPath) throw invalidField('entryPath', 'channel.reserved')
  return changeChannels(dependencies, viewer, eventId, async ({ tx, event, channels }) => {
    if (channels.filter(({ kind }) => kind === 'link').length >= MAX_CHANNELS)
      throw new DomainError('CONFLICT', { reason: 'too-many-channels' })
    if (channels.some((channel) => channel.entryPath === entryPath))
      throw new DomainError('CONFLICT', { reason: 'channel-exists' })
    const taken = new Set([...RESERVED_CODES, ...channels.map((channel) => channel.code)])
    const code = freeChannelCode(entryPath, taken)
    await insertChannel(tx, { eventId: event.id, entryPath, code })
    return (row) => row.code === code
  })
}
