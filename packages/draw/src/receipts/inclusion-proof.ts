import { parseHex, toHex } from '../encoding/hex.ts'
import { asciiBytes, type HashOptions, portableSha256 } from '../encoding/preimage.ts'
import * as shape from '../encoding/shape.ts'
import { type EntryTree, entriesRoot } from '../list/entry-tree.ts'
import { leafHash, parentNode, type TreeNode } from '../list/tree-level.ts'

/** A sibling on the way to the top: tickets below it, and its hash in hex. */
export type ProofNode = readonly [sum: number, hash: string]

/** Shows that an entry is in a locked list, and where. Valid together with the lock record of that list. */
export interface InclusionProof {
  readonly index: number
  readonly id: string
  readonly tickets: number
  readonly reason: number
  /** From the leaf up; the side of each follows from index and entryCount. */
  readonly siblings: readonly ProofNode[]
}

/** What a proof is checked against; a lock record has all of it. */
export interface LockedList {
  readonly eventId: string
  readonly entryCount: number
  readonly totalTickets: number
  readonly entriesRoot: string
}

/** `offset`: the tickets of all entries before this one. */
export type InclusionCheck =
  | { readonly ok: true; readonly offset: number }
  | { readonly ok: false; readonly error: string }

/**
 * The proof for the entry at an index.
 * @throws {RangeError} beyond the list
 * @example
 * // after the example of nextLock
 * import { inclusionProof } from '@eungmo/draw/receipts'
 *
 * const proof = inclusionProof(tree, 1)
 * proof.id // => 'bob'
 */
export function inclusionProof(tree: EntryTree, index: number): InclusionProof {
  const siblings = tree.siblings(index).map(({ sum, hash }): ProofNode => [sum, toHex(hash)])
  return { index, ...tree.list.entryAt(index), siblings }
}

const checkSibling: shape.Check = (value, path) => {
  if (!Array.isArray(value) || value.length !== 2) throw new shape.ShapeError(`${path} must be [sum, hash]`)
  shape.integer(0)(value[0], `${path}[0]`)
  shape.hex(32)(value[1], `${path}[1]`)
}

const checkProof = /*#__PURE__*/ shape.object({
  index: shape.integer(0, 2 ** 31 - 2),
  id: shape.idText,
  tickets: shape.integer(0),
  reason: shape.integer(0, 7),
  siblings: shape.arrayOf(checkSibling),
})

/**
 * Checks parsed JSON: an inclusion proof with exactly its keys and spellings. It is not checked against a
 * lock.
 * @throws {ShapeError} that starts with the path of the wrong value
 * @example
 * // after the example of inclusionProof
 * import { parseInclusionProof } from '@eungmo/draw/receipts'
 *
 * parseInclusionProof(JSON.parse(JSON.stringify(proof))).index // => 1
 */
export function parseInclusionProof(value: unknown, path = 'proof'): InclusionProof {
  checkProof(value, path)
  const proof = value as InclusionProof
  if ((proof.reason === 0) !== proof.tickets > 0) {
    throw new shape.ShapeError(`${path}: reason 0 means at least 1 ticket, any other reason means 0 tickets`)
  }
  return proof
}

/**
 * Checks a proof against a lock record (RFC 9162, 2.1.3.2): hashes lead to entriesRoot, sums add up to
 * totalTickets.
 * @throws {ShapeError} where the value does not have the shape of a proof
 * @example
 * // after the example of inclusionProof
 * import { verifyInclusion } from '@eungmo/draw/receipts'
 *
 * verifyInclusion(proof, lock) // => { ok: true, offset: 5 }
 * verifyInclusion({ ...proof, tickets: 4 }, lock).ok // => false
 */
export function verifyInclusion(
  value: unknown,
  lock: LockedList,
  { sha256 = portableSha256 }: HashOptions = {},
): InclusionCheck {
  const proof = parseInclusionProof(value)
  if (proof.index >= lock.entryCount) return rejected(`index ${proof.index} is beyond the list`)
  let node: TreeNode = {
    sum: proof.tickets,
    hash: leafHash(asciiBytes(proof.id), proof.tickets, proof.reason, sha256),
  }
  let offset = 0
  let position = proof.index
  let last = lock.entryCount - 1
  for (const [sum, hex] of proof.siblings) {
    if (last === 0) return rejected('the proof has too many siblings')
    while ((position & 1) === 0 && position === last) {
      position >>>= 1
      last >>>= 1
    }
    const sibling = { sum, hash: parseHex(hex, 32, 'sibling') }
    if (sum + node.sum > Number.MAX_SAFE_INTEGER) return rejected('the sums exceed 2^53 - 1')
    const isRight = (position & 1) === 1
    if (isRight) offset += sum
    node = isRight ? parentNode(sibling, node, sha256) : parentNode(node, sibling, sha256)
    position >>>= 1
    last >>>= 1
  }
  if (last !== 0) return rejected('the proof has too few siblings')
  if (node.sum !== lock.totalTickets) return rejected('the sums do not add up to totalTickets')
  if (entriesRoot(lock.eventId, lock.entryCount, node) !== lock.entriesRoot) {
    return rejected('the hashes do not lead to entriesRoot')
  }
  return { ok: true, offset }
}

function rejected(error: string): InclusionCheck {
  return { ok: false, error }
}
