import { toHex } from '../encoding/hex.ts'
import {
  type HashOptions,
  portableSha256,
  type Sha256,
  shortAscii,
  taggedHash,
  u64,
} from '../encoding/preimage.ts'
import type { EntryList } from './entry-list.ts'
import {
  BLOCK_BITS,
  emptyLevel,
  hashBlock,
  hashLeaves,
  hashPairs,
  LEAVES_PER_BLOCK,
  nodeAt,
  type TreeLevel,
  type TreeNode,
} from './tree-level.ts'

/** Leaves between two reports of progress: about 6 ms with the portable hash. */
const PROGRESS_LEAVES = 16 * LEAVES_PER_BLOCK

/**
 * The tree over a canonical list, as in RFC 9162, 2.1.1: leaf = H(00 || u64 tickets || u8 reason || id),
 * node = H(01 || u64 sumL || hashL || u64 sumR || hashR), the left side the largest power of two below n.
 * Stores one node per 256 leaves (160 KB for a million entries) and hashes the rest again for a proof.
 * @example
 * import { entryTree, toEntryList } from '@eungmo/draw/list'
 *
 * const tree = entryTree(toEntryList([{ id: 'alice', tickets: 5 }, { id: 'bob', tickets: 3 }]))
 * tree.root('spring-draw').length // => 64
 * tree.siblings(0).map(({ sum }) => sum) // => [3]
 */
export class EntryTree {
  readonly list: EntryList
  readonly #sha256: Sha256
  readonly #levels: readonly TreeLevel[]

  /** For {@link treeOver}. */
  constructor(list: EntryList, sha256: Sha256, levels: readonly TreeLevel[]) {
    this.list = list
    this.#sha256 = sha256
    this.#levels = levels
  }

  /** The top node. */
  get top(): TreeNode {
    return nodeAt(this.#levels.at(-1) as TreeLevel, 0)
  }

  /** entriesRoot = H(T("root") || S(eventId) || u64 n || u64 totalTickets || top), in hex. */
  root(eventId: string): string {
    return entriesRoot(eventId, this.list.size, this.top)
  }

  /** The siblings of a leaf on its way to the top, lowest first. @throws {RangeError} beyond the list. */
  siblings(index: number): TreeNode[] {
    if (!Number.isSafeInteger(index) || index < 0 || index >= this.list.size) {
      throw new RangeError(`there is no entry with index ${index}`)
    }
    const path: TreeNode[] = []
    let position = index & (LEAVES_PER_BLOCK - 1)
    let level = hashLeaves(this.list, index - position, this.#sha256)
    const climb = (parent: TreeLevel): void => {
      const sibling = position ^ 1
      if (sibling < level.size) path.push(nodeAt(level, sibling))
      position >>>= 1
      level = parent
    }
    for (let bit = 0; bit < BLOCK_BITS; bit++) climb(hashPairs(level, this.#sha256))
    position = index >>> BLOCK_BITS
    level = this.#levels[0] as TreeLevel
    for (const parent of this.#levels.slice(1)) climb(parent)
    return path
  }
}

/** The hash that a lock record commits to, in hex. */
export function entriesRoot(eventId: string, size: number, top: TreeNode): string {
  return toHex(taggedHash('root', [shortAscii(eventId, 'eventId'), u64(size), u64(top.sum), top.hash]))
}

/**
 * Builds the tree over a list. Three hash blocks per entry: pass a native SHA-256 for long lists on a server.
 * @example
 * import { createHash } from 'node:crypto'
 * import { entryTree, toEntryList } from '@eungmo/draw/list'
 *
 * const list = toEntryList([{ id: 'alice', tickets: 5 }, { id: 'bob', tickets: 3 }])
 * const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest()
 * entryTree(list, { sha256 }).top.sum // => 8
 */
export function entryTree(list: EntryList, options?: HashOptions): EntryTree {
  const steps = entryTreeSteps(list, options)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/**
 * Like {@link entryTree}, in steps: yields the number of entries hashed, every 4,096, so that a page stays
 * responsive.
 * @example
 * import { entryTreeSteps, toEntryList } from '@eungmo/draw/list'
 *
 * const list = toEntryList(Array.from({ length: 5000 }, (_, at) => ({ id: `entry-${at}`, tickets: 1 })))
 * const steps = entryTreeSteps(list)
 * steps.next() // => { done: false, value: 4096 }
 * steps.next().done // => true
 */
export function* entryTreeSteps(
  list: EntryList,
  { sha256 = portableSha256 }: HashOptions = {},
): Generator<number, EntryTree> {
  const bottom = emptyLevel(Math.ceil(list.size / LEAVES_PER_BLOCK))
  for (let block = 0; block < bottom.size; block++) {
    if (block > 0 && (block * LEAVES_PER_BLOCK) % PROGRESS_LEAVES === 0) yield block * LEAVES_PER_BLOCK
    hashBlock(list, block, sha256, bottom)
  }
  return treeOver(list, bottom, sha256)
}

/** The tree of a list whose blocks are hashed. */
export function treeOver(list: EntryList, bottom: TreeLevel, sha256: Sha256): EntryTree {
  const levels: TreeLevel[] = [bottom]
  let level = bottom
  while (level.size > 1) {
    level = hashPairs(level, sha256)
    levels.push(level)
  }
  return new EntryTree(list, sha256, levels)
}
