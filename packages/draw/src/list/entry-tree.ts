import { toHex } from '../encoding/hex.ts'
import { portableSha256, type Sha256, sized, taggedHash, u64 } from '../encoding/preimage.ts'
import type { EntryList } from './entry-list.ts'
import type { EntryListBuilder } from './entry-list-builder.ts'

const HASH_BYTES = 32
const NODE_BYTES = 1 + 2 * (8 + HASH_BYTES)
/** Bytes of a leaf before its id. */
const LEAF_HEAD = 10
/** Subtrees of 256 leaves are hashed in scratch space, and only their tops are kept. */
const BLOCK_BITS = 8
const BLOCK = 1 << BLOCK_BITS
/** Leaves between two reports of progress: about 10 ms with the portable hash. */
const PROGRESS = 16 * BLOCK

/** A node of the sum tree: the tickets below it and its hash. */
export interface TreeNode {
  readonly sum: number
  readonly hash: Uint8Array
}

/** A level of the tree, from left to right. */
interface Level {
  readonly hashes: Uint8Array
  readonly sums: Float64Array
  readonly size: number
}

/**
 * The tree over a canonical list, as in RFC 9162, 2.1.1: leaf = H(00 || u64 tickets || u8 reason || id), node = H(01 ||
 * u64 sumL || hashL || u64 sumR || hashR), the left side the largest power of two below n. Keeps one node for 256
 * leaves (160 KB for a million entries) and hashes the rest again for a proof.
 */
export class EntryTree {
  readonly list: EntryList
  readonly #sha256: Sha256
  readonly #levels: readonly Level[]

  /** For {@link entryTreeSteps}. */
  constructor(list: EntryList, hash: Sha256, levels: readonly Level[]) {
    this.list = list
    this.#sha256 = hash
    this.#levels = levels
  }

  /** The top node. */
  get top(): TreeNode {
    return nodeAt(this.#levels.at(-1) as Level, 0)
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
    let position = index & (BLOCK - 1)
    let level = hashLeaves(this.list, index - position, this.#sha256)
    const climb = (parent: Level): void => {
      const beside = position ^ 1
      if (beside < level.size) path.push(nodeAt(level, beside))
      position >>>= 1
      level = parent
    }
    for (let bit = 0; bit < BLOCK_BITS; bit++) climb(hashPairs(level, this.#sha256))
    position = index >>> BLOCK_BITS
    level = this.#levels[0] as Level
    for (const parent of this.#levels.slice(1)) climb(parent)
    return path
  }
}

/** The hash that a lock record commits to, in hex. */
export function entriesRoot(eventId: string, size: number, top: TreeNode): string {
  return toHex(taggedHash('root', sized(eventId, 'eventId'), u64(size), u64(top.sum), top.hash))
}

/**
 * Builds the tree. Three hash blocks an entry: pass Bun's or Node's own SHA-256 for long lists on a server.
 * @param hash default: the portable one
 */
export function entryTree(list: EntryList, hash: Sha256 = portableSha256): EntryTree {
  const steps = entryTreeSteps(list, hash)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** As {@link entryTree}, in steps: yields the number of entries done, every few thousand, so that a page stays alive. */
export function* entryTreeSteps(
  list: EntryList,
  hash: Sha256 = portableSha256,
): Generator<number, EntryTree> {
  const bottom = emptyLevel(Math.ceil(list.size / BLOCK))
  for (let block = 0; block < bottom.size; block++) {
    if (block > 0 && (block * BLOCK) % PROGRESS === 0) yield block * BLOCK
    hashBlock(list, block, hash, bottom)
  }
  return treeOver(list, bottom, hash)
}

/** Builds a tree while the entries of its list still come: whoever waits for them, for a database say, has the time. */
export class EntryTreeBuilder {
  readonly #entries: EntryListBuilder
  readonly #hash: Sha256
  #bottom = emptyLevel(64)
  #done = 0

  /** @param entries who collects them; entries in canonical order are hashed as they come, others at the end */
  constructor(entries: EntryListBuilder, hash: Sha256 = portableSha256) {
    this.#entries = entries
    this.#hash = hash
  }

  /** Hashes what was added since the last time, but for the last few. */
  grow(): void {
    const list = this.#entries.snapshot()
    if (list) this.#hashTo(list, Math.floor(list.size / BLOCK))
  }

  /** The tree over everything added. @throws {RangeError} as the builder's `build` does */
  build(): EntryTree {
    const inOrder = this.#entries.snapshot() !== null
    const list = this.#entries.build()
    if (!inOrder) this.#done = 0
    const size = Math.ceil(list.size / BLOCK)
    this.#hashTo(list, size)
    const { hashes, sums } = this.#bottom
    const bottom = { hashes: hashes.slice(0, size * HASH_BYTES), sums: sums.slice(0, size), size }
    return treeOver(list, bottom, this.#hash)
  }

  #hashTo(list: EntryList, blocks: number): void {
    if (blocks > this.#bottom.size) {
      const larger = emptyLevel(Math.max(blocks, 2 * this.#bottom.size))
      larger.hashes.set(this.#bottom.hashes)
      larger.sums.set(this.#bottom.sums)
      this.#bottom = larger
    }
    for (; this.#done < blocks; this.#done++) hashBlock(list, this.#done, this.#hash, this.#bottom)
  }
}

/** The hash of a leaf. `id` in ASCII bytes. */
export function leafHash(id: Uint8Array, tickets: number, reason: number, hash: Sha256): Uint8Array {
  const leaf = new Uint8Array(LEAF_HEAD + id.length)
  leaf.set(u64(tickets), 1)
  leaf[9] = reason
  leaf.set(id, LEAF_HEAD)
  return hash(leaf)
}

/** The node above two others. */
export function parentNode(left: TreeNode, right: TreeNode, hash: Sha256): TreeNode {
  const node = new Uint8Array(NODE_BYTES)
  node[0] = 1
  node.set(u64(left.sum), 1)
  node.set(left.hash, 9)
  node.set(u64(right.sum), 41)
  node.set(right.hash, 49)
  return { sum: left.sum + right.sum, hash: hash(node) }
}

function emptyLevel(size: number): Level {
  return { hashes: new Uint8Array(size * HASH_BYTES), sums: new Float64Array(size), size }
}

/** Hashes a block's leaves up to its top, which goes to the block's place in the bottom level. */
function hashBlock(list: EntryList, block: number, hash: Sha256, bottom: Level): void {
  let level = hashLeaves(list, block * BLOCK, hash)
  while (level.size > 1) level = hashPairs(level, hash)
  bottom.hashes.set(level.hashes, block * HASH_BYTES)
  bottom.sums[block] = level.sums[0] as number
}

/** The levels above the blocks. */
function treeOver(list: EntryList, bottom: Level, hash: Sha256): EntryTree {
  const levels: Level[] = [bottom]
  let level = bottom
  while (level.size > 1) {
    level = hashPairs(level, hash)
    levels.push(level)
  }
  return new EntryTree(list, hash, levels)
}

function hashLeaves(list: EntryList, from: number, hash: Sha256): Level {
  const { idBytes, idEnds, tickets, reasons } = list
  const size = Math.min(BLOCK, list.size - from)
  const hashes = new Uint8Array(size * HASH_BYTES)
  let leaf = new Uint8Array(0)
  let start = list.idStart(from)
  for (let at = 0; at < size; at++) {
    const end = idEnds[from + at] as number
    const length = LEAF_HEAD + end - start
    if (leaf.length !== length) leaf = new Uint8Array(length)
    writeU64(leaf, 1, tickets[from + at] as number)
    leaf[9] = reasons[from + at] as number
    copyBytes(idBytes, start, end, leaf, LEAF_HEAD)
    hashes.set(hash(leaf), at * HASH_BYTES)
    start = end
  }
  return { hashes, sums: tickets.subarray(from, from + size), size }
}

/** The level above; a last node without a partner moves up as it is, which gives the tree of RFC 9162. */
function hashPairs(level: Level, hash: Sha256): Level {
  const pairs = level.size >>> 1
  const size = pairs + (level.size & 1)
  const hashes = new Uint8Array(size * HASH_BYTES)
  const sums = new Float64Array(size)
  const node = new Uint8Array(NODE_BYTES)
  node[0] = 1
  for (let pair = 0; pair < pairs; pair++) {
    const left = 2 * pair
    const at = left * HASH_BYTES
    writeU64(node, 1, level.sums[left] as number)
    copyBytes(level.hashes, at, at + HASH_BYTES, node, 9)
    writeU64(node, 41, level.sums[left + 1] as number)
    copyBytes(level.hashes, at + HASH_BYTES, at + 2 * HASH_BYTES, node, 49)
    hashes.set(hash(node), pair * HASH_BYTES)
    sums[pair] = (level.sums[left] as number) + (level.sums[left + 1] as number)
  }
  if (size > pairs) {
    hashes.set(level.hashes.subarray(2 * pairs * HASH_BYTES), pairs * HASH_BYTES)
    sums[pairs] = level.sums[2 * pairs] as number
  }
  return { hashes, sums, size }
}

function nodeAt(level: Level, position: number): TreeNode {
  const at = position * HASH_BYTES
  return { sum: level.sums[position] as number, hash: level.hashes.slice(at, at + HASH_BYTES) }
}

function writeU64(to: Uint8Array, at: number, value: number): void {
  const high = Math.floor(value / 2 ** 32)
  for (let place = 0; place < 4; place++) {
    to[at + place] = high >>> (24 - 8 * place)
    to[at + 4 + place] = value >>> (24 - 8 * place)
  }
}

/** For a few dozen bytes a loop is faster than a view and `set`. */
function copyBytes(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): void {
  for (let place = start; place < end; place++) to[at + place - start] = from[place] as number
}
