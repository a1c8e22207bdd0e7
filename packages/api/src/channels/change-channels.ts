import type { Executor } from '@eungmo/db/connection/client'
import { type ChannelRow, findChannels } from '@eungmo/db/queries/channels'
import type { EventWithParts } from '@eungmo/db/queries/events'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { lockOwnEvent } from '../events/require-own-event.ts'
import { requireUnlocked } from '../events/require-unlocked.ts'
import { presentChannel } from './present-channel.ts'
import type { Channel } from './schema.ts'

/**
 * What a change of channels works with: the event, whose row is locked so that no entry is stored meanwhile,
 * and its channels.
 */
export interface ChannelChange {
  tx: Executor
  event: EventWithParts
  channels: readonly ChannelRow[]
}

/**
 * Changes an event's channels in one transaction and returns the changed channel. Throws NOT_FOUND,
 * CONFLICT once the event is locked, and what `change` throws.
 * @param change returns a predicate for the channel to return
 */
export async function changeChannels(
  { db, publicUrl }: Pick<Dependencies, 'db' | 'publicUrl'>,
  viewer: Member,
  eventId: string,
  change: (state: ChannelChange) => Promise<(row: ChannelRow) => boolean>,
): Promise<Channel> {
  return db.transaction(async (tx) => {
    const before = await lockOwnEvent(tx, viewer, eventId)
    requireUnlocked(before)
    const channels = await findChannels(tx, { eventId: before.id })
    const isChanged = await change({ tx, event: before, channels })
    const event = await lockOwnEvent(tx, viewer, eventId)
    const row = (await findChannels(tx, { eventId: event.id })).find(isChanged)
    if (!row) throw new DomainError('NOT_FOUND')
    return presentChannel(publicUrl, event, row)
  })
}

/**
 * The channel with this name. Throws NOT_FOUND. 매장 방문 can only be archived, so by default only links are
 * found.
 */
export function requireChannel(
  { channels }: ChannelChange,
  entryPath: string,
  kinds: readonly ChannelRow['kind'][] = ['link'],
): ChannelRow {
  const row = channels.find((channel) => channel.entryPath === entryPath && kinds.includes(channel.kind))
  if (!row) throw new DomainError('NOT_FOUND')
  return row
}
