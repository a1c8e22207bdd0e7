import { insertChannel } from '@eungmo/db/queries/channels'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'
import { changeChannels } from './change-channels.ts'
import { storeChannel } from './channel-defaults.ts'
import { freeCode } from './draft-channels.ts'
import type { Channel } from './schema.ts'

/** As many chips as a form can bear. */
const MOST = 30

/** Adds an entry path to an event, with a link of its own. Throws CONFLICT when the name is taken. */
export function createChannel(
  dependencies: Pick<Dependencies, 'db' | 'publicUrl'>,
  viewer: Member,
  { eventId, entryPath }: { eventId: string; entryPath: string },
): Promise<Channel> {
  const name = entryPath.normalize('NFC')
  if (name === storeChannel.entryPath) throw invalidField('entryPath', 'channel.reserved')
  return changeChannels(dependencies, viewer, eventId, async ({ tx, event, channels }) => {
    if (channels.length >= MOST) throw new DomainError('CONFLICT', { reason: 'too-many-channels' })
    if (channels.some((channel) => channel.entryPath === name))
      throw new DomainError('CONFLICT', { reason: 'channel-exists' })
    const code = freeCode(name, new Set([storeChannel.code, ...channels.map((channel) => channel.code)]))
    await insertChannel(tx, { eventId: event.id, entryPath: name, code })
    return (row) => row.code === code
  })
}
