import type { Executor } from '../connection/client.ts'
import { channels } from '../schema/index.ts'

/** Gives a new event its channels, in the order given. */
export async function insertChannels(
  executor: Executor,
  {
    eventId,
    channels: list,
  }: { eventId: string; channels: readonly { entryPath: string; code: string; kind: 'link' | 'store' }[] },
): Promise<void> {
  await executor
    .insert(channels)
    .values(list.map((channel, index) => ({ eventId, position: index + 1, ...channel })))
}
