import type { Executor } from '@eungmo/db/connection/client'
import { type ChannelRow, findChannels } from '@eungmo/db/queries/channels'
import type { EventWithParts } from '@eungmo/db/queries/events'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { lockOwnEvent } from '../events/require-own-event.ts'
import { presentChannel } from './present-channel.ts'
import type { Channel } from './schema.ts'

/** What a change of channels works with: the event, whose row it holds so that no entry comes in meanwhile, and its channels. */
export interface ChannelChange {
  tx: Executor
  event: EventWithParts
  channels: readonly ChannelRow[]
}

/**
 * Changes an event's channels in one transaction and answers the channel of that name or code afterwards. Throws NOT_FOUND, FORBIDDEN,
 * CONFLICT once the event is locked, and what `change` throws.
 * @param change answers which channel to present
 */
export async function changeChannels(
  { db, publicUrl }: Pick<Dependencies, 'db' | 'publicUrl'>,
  viewer: Member,
  eventId: string,
  change: (state: ChannelChange) => Promise<(row: ChannelRow) => boolean>,
): Promise<Channel> {
  return db.transaction(async (tx) => {
    const before = await lockOwnEvent(tx, viewer, eventId)
    if (before.status === 'locked' || before.status === 'drawn')
      throw new DomainError('CONFLICT', { reason: 'event-locked' })
    if (before.status === 'cancelled') throw new DomainError('CONFLICT', { reason: 'event-cancelled' })
    const channels = await findChannels(tx, { eventId: before.id })
    const isTheOne = await change({ tx, event: before, channels })
    const event = await lockOwnEvent(tx, viewer, eventId)
    const row = (await findChannels(tx, { eventId: event.id })).find(isTheOne)
    if (!row) throw new DomainError('NOT_FOUND')
    return presentChannel(publicUrl, event, row)
  })
}

/** The channel of that name; throws NOT_FOUND. 매장 방문 can only be archived. */
export function channelNamed(
  { channels }: ChannelChange,
  entryPath: string,
  kinds: readonly ChannelRow['kind'][] = ['link'],
): ChannelRow {
  const row = channels.find((channel) => channel.entryPath === entryPath && kinds.includes(channel.kind))
  if (!row) throw new DomainError('NOT_FOUND')
  return row
}
