import { type Sha256, u64 } from '../encoding/preimage.ts'
import type { EntryList } from './entry-list.ts'

const HASH_BYTES = 32
const NODE_BYTES = 1 + 2 * (8 + HASH_BYTES)
/** Bytes of a leaf before its id. */
const LEAF_HEAD_BYTES = 10
/** Subtrees of 256 leaves are hashed in scratch space, and only their tops are stored. */
export const BLOCK_BITS = 8
export const LEAVES_PER_BLOCK = 1 << BLOCK_BITS

/** A node of the sum tree: the tickets below it and its hash. */
export interface TreeNode {
  readonly sum: number
  readonly hash: Uint8Array
}

/** A level of the tree, from left to right. */
export interface TreeLevel {
  readonly hashes: Uint8Array
  readonly sums: Float64Array
  readonly size: number
}

/** The hash of a leaf. `id` in ASCII bytes. */
export function leafHash(id: Uint8Array, tickets: number, reason: number, sha256: Sha256): Uint8Array {
  const leaf = new Uint8Array(LEAF_HEAD_BYTES + id.length)
  leaf.set(u64(tickets), 1)
  leaf[9] = reason
  leaf.set(id, LEAF_HEAD_BYTES)
  return sha256(leaf)
}

/** The node above two others. */
export function parentNode(left: TreeNode, right: TreeNode, sha256: Sha256): TreeNode {
  const node = new Uint8Array(NODE_BYTES)
  node[0] = 1
  node.set(u64(left.sum), 1)
  node.set(left.hash, 9)
  node.set(u64(right.sum), 41)
  node.set(right.hash, 49)
  return { sum: left.sum + right.sum, hash: sha256(node) }
}

/** A level of zeros. */
export function emptyLevel(size: number): TreeLevel {
  return { hashes: new Uint8Array(size * HASH_BYTES), sums: new Float64Array(size), size }
}

/** The first `size` nodes of a level, in arrays of their own. */
export function firstNodes({ hashes, sums }: TreeLevel, size: number): TreeLevel {
  return { hashes: hashes.slice(0, size * HASH_BYTES), sums: sums.slice(0, size), size }
}

/** The node at a position of a level. */
export function nodeAt(level: TreeLevel, position: number): TreeNode {
  const at = position * HASH_BYTES
  return { sum: level.sums[position] as number, hash: level.hashes.slice(at, at + HASH_BYTES) }
}

/** Hashes a block's leaves up to its top, and writes the top to the block's place in the bottom level. */
export function hashBlock(list: EntryList, block: number, sha256: Sha256, bottom: TreeLevel): void {
  let level = hashLeaves(list, block * LEAVES_PER_BLOCK, sha256)
  while (level.size > 1) level = hashPairs(level, sha256)
  bottom.hashes.set(level.hashes, block * HASH_BYTES)
  bottom.sums[block] = level.sums[0] as number
}

/** The leaves of a block, from the entry at index `from`. */
export function hashLeaves(list: EntryList, from: number, sha256: Sha256): TreeLevel {
  const { idBytes, idEnds, tickets, reasons } = list
  const size = Math.min(LEAVES_PER_BLOCK, list.size - from)
  const hashes = new Uint8Array(size * HASH_BYTES)
  let leaf = new Uint8Array(0)
  let start = list.idStart(from)
  for (let at = 0; at < size; at++) {
    const end = idEnds[from + at] as number
    const length = LEAF_HEAD_BYTES + end - start
    if (leaf.length !== length) leaf = new Uint8Array(length)
    writeU64(leaf, 1, tickets[from + at] as number)
    leaf[9] = reasons[from + at] as number
    copyBytes(idBytes, start, end, leaf, LEAF_HEAD_BYTES)
    hashes.set(sha256(leaf), at * HASH_BYTES)
    start = end
  }
  return { hashes, sums: tickets.subarray(from, from + size), size }
}

/** The level above; a last node without a partner moves up as it is, which gives the tree of RFC 9162. */
export function hashPairs(level: TreeLevel, sha256: Sha256): TreeLevel {
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
    hashes.set(sha256(node), pair * HASH_BYTES)
    sums[pair] = (level.sums[left] as number) + (level.sums[left + 1] as number)
  }
  if (size > pairs) {
    hashes.set(level.hashes.subarray(2 * pairs * HASH_BYTES), pairs * HASH_BYTES)
    sums[pairs] = level.sums[2 * pairs] as number
  }
  return { hashes, sums, size }
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
