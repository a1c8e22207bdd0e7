import type { EntryList } from './entry-list.ts'
import { toHex } from './hex.ts'
import { portableSha256, type Sha256, sized, taggedHash, u64 } from './preimage.ts'

const HASH_BYTES = 32
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
  const size = Math.ceil(list.size / BLOCK)
  const bottom = { hashes: new Uint8Array(size * HASH_BYTES), sums: new Float64Array(size), size }
  for (let block = 0; block < size; block++) {
    if (block > 0 && (block * BLOCK) % PROGRESS === 0) yield block * BLOCK
    let level = hashLeaves(list, block * BLOCK, hash)
    while (level.size > 1) level = hashPairs(level, hash)
    bottom.hashes.set(level.hashes, block * HASH_BYTES)
    bottom.sums[block] = level.sums[0] as number
  }
  const levels: Level[] = [bottom]
  let level: Level = bottom
  while (level.size > 1) {
    level = hashPairs(level, hash)
    levels.push(level)
  }
  return new EntryTree(list, hash, levels)
}

/** The hash of a leaf. `id` in ASCII bytes. */
export function leafHash(id: Uint8Array, tickets: number, reason: number, hash: Sha256): Uint8Array {
  const leaf = new Uint8Array(10 + id.length)
  leaf.set(u64(tickets), 1)
  leaf[9] = reason
  leaf.set(id, 10)
  return hash(leaf)
}

/** The node above two others. */
export function parentNode(left: TreeNode, right: TreeNode, hash: Sha256): TreeNode {
  const node = new Uint8Array(81)
  node[0] = 1
  node.set(u64(left.sum), 1)
  node.set(left.hash, 9)
  node.set(u64(right.sum), 41)
  node.set(right.hash, 49)
  return { sum: left.sum + right.sum, hash: hash(node) }
}

function hashLeaves(list: EntryList, from: number, hash: Sha256): Level {
  const size = Math.min(BLOCK, list.size - from)
  const hashes = new Uint8Array(size * HASH_BYTES)
  const sums = list.tickets.subarray(from, from + size)
  const scratch = new Uint8Array(74)
  const view = new DataView(scratch.buffer)
  for (let leaf = 0; leaf < size; leaf++) {
    const index = from + leaf
    const start = list.idStart(index)
    const end = list.idEnds[index] as number
    writeU64(view, 1, list.tickets[index] as number)
    scratch[9] = list.reasons[index] as number
    scratch.set(list.idBytes.subarray(start, end), 10)
    hashes.set(hash(scratch.subarray(0, 10 + end - start)), leaf * HASH_BYTES)
  }
  return { hashes, sums, size }
}

/** The level above; a last node without a partner moves up as it is, which gives the tree of RFC 9162. */
function hashPairs(level: Level, hash: Sha256): Level {
  const pairs = level.size >>> 1
  const size = pairs + (level.size & 1)
  const hashes = new Uint8Array(size * HASH_BYTES)
  const sums = new Float64Array(size)
  const scratch = new Uint8Array(81)
  const view = new DataView(scratch.buffer)
  scratch[0] = 1
  for (let pair = 0; pair < pairs; pair++) {
    const left = 2 * pair
    const at = left * HASH_BYTES
    writeU64(view, 1, level.sums[left] as number)
    scratch.set(level.hashes.subarray(at, at + 32), 9)
    writeU64(view, 41, level.sums[left + 1] as number)
    scratch.set(level.hashes.subarray(at + 32, at + 64), 49)
    hashes.set(hash(scratch), pair * HASH_BYTES)
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

function writeU64(view: DataView, at: number, value: number): void {
  view.setUint32(at, Math.floor(value / 2 ** 32))
  view.setUint32(at + 4, value % 2 ** 32)
}
