import type { EntryTree } from '@eungmo/draw/list'
import { LRUCache } from 'lru-cache'

/**
 * Trees of locked lists, cached for proofs: a locked list never changes, and its tree takes about 60 bytes
 * per entry.
 */
export interface LockedTrees {
  /** The tree of an event's locked list. Rejects where it has none. */
  get(eventId: string): Promise<EntryTree>
}

/**
 * Caches the most recently used trees, up to `maxEntries` in all; concurrent calls for one event share one
 * read.
 */
export function createLockedTrees(
  readTree: (eventId: string) => Promise<EntryTree>,
  maxEntries = 1_500_000,
): LockedTrees {
  const trees = new LRUCache<string, EntryTree>({
    maxSize: maxEntries,
    // At most the whole cache, which would otherwise reject a larger tree.
    sizeCalculation: ({ list }) => Math.min(maxEntries, Math.max(1, list.size)),
  })
  const reads = new Map<string, Promise<EntryTree>>()

  async function read(eventId: string): Promise<EntryTree> {
    try {
      const tree = await readTree(eventId)
      trees.set(eventId, tree)
      return tree
    } finally {
      reads.delete(eventId)
    }
  }

  return {
    async get(eventId) {
      const cached = trees.get(eventId)
      if (cached) return cached
      const pending = reads.get(eventId) ?? read(eventId)
      reads.set(eventId, pending)
      return pending
    },
  }
}
