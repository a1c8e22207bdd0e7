import type { Executor } from '@eungmo/db/connection/client'
import { countedEntries } from '@eungmo/db/queries/analytics'
import {
  findLockedList,
  insertLockedList,
  readLockedList,
  storeEntries,
} from '@eungmo/db/queries/locked-lists'
import { toHex } from '@eungmo/draw/encoding'
import { EntryListBuilder, type EntryTree, EntryTreeBuilder, REASONS } from '@eungmo/draw/list'
import { reusableSha256 } from '../crypto/native-primitives.ts'

/** How many entries of a list have a reason. */
const countReason = ({ list }: EntryTree, reason: (typeof REASONS)[number]): number => {
  const code = REASONS.indexOf(reason)
  return list.reasons.filter((each) => each === code).length
}

/** Adds CSV lines `id,tickets,reason` as the lock stored them. */
function addLines(builder: EntryListBuilder, lines: string): void {
  let at = 0
  while (at < lines.length) {
    const idEnd = lines.indexOf(',', at)
    const ticketsEnd = lines.indexOf(',', idEnd + 1)
    const end = lines.indexOf('\n', ticketsEnd + 1)
    if (idEnd < 0 || ticketsEnd < 0 || end < 0) throw new Error('a line of the locked list is cut off')
    builder.add(
      lines.slice(at, idEnd),
      Number(lines.slice(idEnd + 1, ticketsEnd)),
      Number(lines.slice(ticketsEnd + 1, end)),
    )
    at = end + 1
  }
}

/**
 * Freezes the list of an event's entries: stores it and returns its tree. The caller has locked the event's
 * row.
 */
export async function freezeList(
  tx: Executor,
  { eventId, visitBonus }: { eventId: string; visitBonus: number },
): Promise<EntryTree> {
  const builder = new EntryListBuilder(await countedEntries(tx, { eventId }))
  const tree = new EntryTreeBuilder(builder, { sha256: reusableSha256() })
  await storeEntries(tx, { eventId, visitBonus }, (lines) => {
    addLines(builder, lines)
    // In the time that PostgreSQL takes to produce the next lines.
    tree.grow()
  })
  return tree.build()
}

/** Stores what the lock record states about the frozen list, and how many entries were excluded, by reason. */
export async function storeLockedList(
  tx: Executor,
  { eventId, tree, lockedAt }: { eventId: string; tree: EntryTree; lockedAt: Date },
): Promise<void> {
  const entriesRoot = Buffer.from(tree.root(eventId), 'hex')
  await insertLockedList(tx, {
    eventId,
    entryCount: tree.list.size,
    entriesRoot,
    earlierWinners: countReason(tree, 'earlier winner'),
    excludedStaff: countReason(tree, 'staff'),
    excludedDuplicates: countReason(tree, 'duplicate'),
    excludedIneligible: countReason(tree, 'ineligible'),
    lockedAt,
  })
}

/**
 * An event's locked list with its tree.
 * @throws {Error} where there is none, or where the stored list differs from the one that was locked
 */
export async function readLockedTree(executor: Executor, eventId: string): Promise<EntryTree> {
  const locked = await findLockedList(executor, { eventId })
  if (!locked) throw new Error(`event ${eventId} has no locked list`)
  const builder = new EntryListBuilder(locked.entryCount)
  const growing = new EntryTreeBuilder(builder, { sha256: reusableSha256() })
  for await (const lines of readLockedList(executor, { eventId })) {
    addLines(builder, lines)
    growing.grow()
  }
  const tree = growing.build()
  if (tree.root(eventId) !== toHex(locked.entriesRoot))
    throw new Error(`the stored list of event ${eventId} differs from the one that was locked`)
  return tree
}
