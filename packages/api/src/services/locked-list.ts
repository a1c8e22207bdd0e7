import type { Executor } from '@eungmo/db/client'
import { insertLockedList, readEntries, readLockedList } from '@eungmo/db/queries/locked-lists'
import { type EntryList, EntryListBuilder } from '@eungmo/draw/entries'
import { decodeEntries, encodeEntries } from '@eungmo/draw/entry-blob'
import { type EntryTree, entryTree } from '@eungmo/draw/entry-tree'

/** Bun's own SHA-256, ten times the portable one. */
export const bunSha256 = (data: Uint8Array): Uint8Array => Bun.SHA256.hash(data) as Uint8Array

/**
 * The canonical list of an event's entries with its tree: tickets are 1, and `visitBonus` more after a visit; whoever is excluded stays in
 * the list without tickets. The caller holds the event's gate.
 */
export async function gatherEntries(
  tx: Executor,
  { eventId, visitBonus, expected }: { eventId: string; visitBonus: number; expected: number },
): Promise<EntryTree> {
  const builder = new EntryListBuilder(expected)
  const withVisit = 1 + visitBonus
  await readEntries(tx, { eventId }, (id, visited, reason) =>
    builder.add(id, reason > 0 ? 0 : visited ? withVisit : 1, reason),
  )
  return entryTree(builder.build(), bunSha256)
}

/** Stores a list at its lock. */
export async function storeList(
  tx: Executor,
  { eventId, tree, lockedAt }: { eventId: string; tree: EntryTree; lockedAt: Date },
): Promise<void> {
  await insertLockedList(tx, {
    eventId,
    entryCount: tree.list.size,
    entriesRoot: Buffer.from(tree.root(eventId), 'hex'),
    lockedAt,
    bytes: encodeEntries(tree.list),
  })
}

/** An event's locked list; throws where there is none. */
export async function readList(executor: Executor, eventId: string): Promise<EntryList> {
  const bytes = await readLockedList(executor, { eventId })
  if (!bytes) throw new Error(`event ${eventId} has no locked list`)
  return decodeEntries(bytes)
}
