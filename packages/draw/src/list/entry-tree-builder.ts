import { type HashOptions, portableSha256, type Sha256 } from '../encoding/preimage.ts'
import type { EntryList } from './entry-list.ts'
import type { EntryListBuilder } from './entry-list-builder.ts'
import { type EntryTree, treeOver } from './entry-tree.ts'
import { emptyLevel, firstNodes, hashBlock, LEAVES_PER_BLOCK } from './tree-level.ts'

/**
 * Builds a tree while the entries of its list are still being read, from a database for instance.
 * @example
 * import { EntryListBuilder, EntryTreeBuilder } from '@eungmo/draw/list'
 *
 * const entries = new EntryListBuilder()
 * const tree = new EntryTreeBuilder(entries)
 * for (const id of ['alice', 'bob']) {
 *   entries.add(id, 1)
 *   tree.grow()
 * }
 * tree.build().top.sum // => 2
 */
export class EntryTreeBuilder {
  readonly #entries: EntryListBuilder
  readonly #sha256: Sha256
  #bottom = emptyLevel(64)
  #hashedBlocks = 0

  /**
   * @param entries collects the entries; those in canonical order are hashed by {@link grow}, others by
   * {@link build}
   */
  constructor(entries: EntryListBuilder, { sha256 = portableSha256 }: HashOptions = {}) {
    this.#entries = entries
    this.#sha256 = sha256
  }

  /** Hashes the entries added since the last call, but for the last few, which do not fill a block yet. */
  grow(): void {
    const list = this.#entries.snapshot()
    if (list) this.#hashTo(list, Math.floor(list.size / LEAVES_PER_BLOCK))
  }

  /** The tree over all entries added. @throws {RangeError} as the builder's `build` does */
  build(): EntryTree {
    const inOrder = this.#entries.snapshot() !== null
    const list = this.#entries.build()
    if (!inOrder) this.#hashedBlocks = 0
    const size = Math.ceil(list.size / LEAVES_PER_BLOCK)
    this.#hashTo(list, size)
    return treeOver(list, firstNodes(this.#bottom, size), this.#sha256)
  }

  #hashTo(list: EntryList, blocks: number): void {
    if (blocks > this.#bottom.size) {
      const larger = emptyLevel(Math.max(blocks, 2 * this.#bottom.size))
      larger.hashes.set(this.#bottom.hashes)
      larger.sums.set(this.#bottom.sums)
      this.#bottom = larger
    }
    for (; this.#hashedBlocks < blocks; this.#hashedBlocks++) {
      hashBlock(list, this.#hashedBlocks, this.#sha256, this.#bottom)
    }
  }
}
