import { and, asc, count, eq, getTableColumns, sql } from 'drizzle-orm'
import type { Executor } from '../connection/client.ts'
import { channels, participants } from '../schema/index.ts'

export type ChannelRow = Omit<typeof channels.$inferSelect, 'createdAt'> & { entries: number }

const { createdAt: _, ...columns } = getTableColumns(channels)

/** An event's channels by position, each with the number of its entries. */
export function findChannels(executor: Executor, { eventId }: { eventId: string }): Promise<ChannelRow[]> {
  const counts = executor
    .select({ entryPath: participants.entryPath, entries: count().as('entries') })
    .from(participants)
    .where(eq(participants.eventId, eventId))
    .groupBy(participants.entryPath)
    .as('counts')
  return executor
    .select({ ...columns, entries: sql<number>`coalesce(${counts.entries}, 0)::int` })
    .from(channels)
    .leftJoin(counts, eq(counts.entryPath, channels.entryPath))
    .where(eq(channels.eventId, eventId))
    .orderBy(asc(channels.position), asc(channels.createdAt))
}

/** Appends a channel. Returns false when the event has a channel of that name or code. */
export async function insertChannel(
  executor: Executor,
  channel: { eventId: string; entryPath: string; code: string },
): Promise<boolean> {
  const rows = await executor
    .insert(channels)
    .values({
      ...channel,
      position: sql`(select coalesce(max(position), 0) + 1 from channels where event_id = ${channel.eventId})`,
    })
    .onConflictDoNothing()
    .returning({ code: channels.code })
  return rows.length > 0
}

/** Renames a channel. Its code, and with it its link, stays. */
export async function renameChannelRow(
  executor: Executor,
  { eventId, entryPath, newEntryPath }: { eventId: string; entryPath: string; newEntryPath: string },
): Promise<void> {
  await executor
    .update(channels)
    .set({ entryPath: newEntryPath })
    .where(and(eq(channels.eventId, eventId), eq(channels.entryPath, entryPath)))
}

/** Removes a channel from the entry form, or restores it. */
export async function setChannelArchived(
  executor: Executor,
  { eventId, entryPath, archived }: { eventId: string; entryPath: string; archived: boolean },
): Promise<void> {
  await executor
    .update(channels)
    .set({ archived })
    .where(and(eq(channels.eventId, eventId), eq(channels.entryPath, entryPath)))
}

/** Stores the channels of a new event, in the order of the list. */
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
