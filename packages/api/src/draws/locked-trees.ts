import type { Database } from '@eungmo/db/connection/client'
import type { EntryTree } from '@eungmo/draw/list'
import { readLockedTree } from './locked-list.ts'

/** Trees of locked lists, kept for proofs: a locked list never changes, and one takes about 60 bytes an entry. */
export interface LockedTrees {
  /** The tree of an event's locked list; throws where it has none. */
  get(eventId: string): Promise<EntryTree>
}

/** Keeps the trees used last, up to `mostEntries` in all; concurrent askers share one reading. */
export function createLockedTrees(db: Database, mostEntries = 1_500_000): LockedTrees {
  const kept = new Map<string, Promise<EntryTree>>()
  const sizes = new Map<string, number>()

  const forget = (eventId: string) => {
    kept.delete(eventId)
    sizes.delete(eventId)
  }

  const shrink = (newest: string) => {
    let entries = 0
    for (const size of sizes.values()) entries += size
    for (const [eventId, size] of sizes) {
      if (entries <= mostEntries) return
      if (eventId === newest) continue
      forget(eventId)
      entries -= size
    }
  }

  return {
    async get(eventId) {
      const tree = kept.get(eventId) ?? readLockedTree(db, eventId)
      kept.delete(eventId)
      kept.set(eventId, tree)
      try {
        const { list } = await tree
        sizes.delete(eventId)
        sizes.set(eventId, list.size)
        shrink(eventId)
      } catch (error) {
        forget(eventId)
        throw error
      }
      return tree
    },
  }
}
