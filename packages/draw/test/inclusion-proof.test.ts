import { describe, expect, it } from 'vitest'
import { ShapeError } from '../src/encoding/shape.ts'
import { entryTree } from '../src/list/entry-tree.ts'
import { toEntryList } from '../src/list/index.ts'
import {
  type InclusionProof,
  inclusionProof,
  type LockedList,
  verifyInclusion,
} from '../src/receipts/inclusion-proof.ts'

const eventId = 'event'

function locked(size: number) {
  const list = toEntryList(
    Array.from({ length: size }, (_, at) =>
      at % 5 === 4 ? { id: `e${at}`, tickets: 0, reason: 4 } : { id: `e${at}`, tickets: 1 + (at % 3) },
    ),
  )
  const tree = entryTree(list)
  const { totalTickets } = list
  const lock: LockedList = { eventId, entryCount: size, totalTickets, entriesRoot: tree.root(eventId) }
  return { list, tree, lock }
}

describe('verifyInclusion', () => {
  it('accepts every entry of lists of every size to 40 and beyond, and returns the tickets before it', () => {
    for (const size of [...Array.from({ length: 40 }, (_, at) => at + 1), 257, 300]) {
      const { list, tree, lock } = locked(size)
      let before = 0
      for (let index = 0; index < size; index++) {
        expect(verifyInclusion(inclusionProof(tree, index), lock)).toEqual({ ok: true, offset: before })
        before += list.tickets[index] as number
      }
    }
  })

  it('rejects a proof with any change', () => {
    const { tree, lock } = locked(13)
    for (let index = 0; index < 13; index++) {
      const proof = inclusionProof(tree, index)
      for (const [what, changed] of changes(proof)) {
        const accepted = isAccepted(changed, lock)
        expect([index, what, accepted]).toEqual([index, what, false])
      }
    }
  })

  it('rejects a proof against another list, event or number of entries', () => {
    const { tree, lock } = locked(13)
    const proof = inclusionProof(tree, 6)
    for (const other of [
      { ...lock, eventId: 'other' },
      { ...lock, entryCount: 14 },
      { ...lock, entryCount: 6 },
      { ...lock, totalTickets: lock.totalTickets + 1 },
      { ...lock, entriesRoot: '0'.repeat(64) },
    ]) {
      expect(verifyInclusion(proof, other).ok).toBe(false)
    }
  })

  it('reports what is wrong', () => {
    const { tree, lock } = locked(4)
    const proof = inclusionProof(tree, 1)
    const errorOf = (changed: object) => {
      const check = verifyInclusion({ ...proof, ...changed }, lock)
      return check.ok ? null : check.error
    }
    const [first, second] = proof.siblings as [InclusionProof['siblings'][0], InclusionProof['siblings'][0]]
    expect(errorOf({ index: 4 })).toBe('index 4 is beyond the list')
    expect(errorOf({ siblings: [first] })).toBe('the proof has too few siblings')
    expect(errorOf({ siblings: [first, second, second] })).toBe('the proof has too many siblings')
    expect(errorOf({ siblings: [[first[0] + 1, first[1]], second] })).toContain('the sums do not add up')
    expect(errorOf({ siblings: [[2 ** 53 - 1, first[1]], second] })).toBe('the sums exceed 2^53 - 1')
    expect(errorOf({ siblings: [first, [second[0], '0'.repeat(64)]] })).toContain(
      'do not lead to entriesRoot',
    )
  })

  it('rejects values without the shape of a proof', () => {
    const { tree, lock } = locked(4)
    const proof = inclusionProof(tree, 1)
    const [first] = proof.siblings as [InclusionProof['siblings'][0]]
    for (const changed of [
      { ...proof, extra: 1 },
      { ...proof, tickets: true },
      { ...proof, reason: 8 },
      { ...proof, reason: 1 },
      { ...proof, tickets: 0 },
      { ...proof, id: 'a b' },
      { ...proof, siblings: {} },
      { ...proof, siblings: [[...first, 0]] },
      { ...proof, siblings: [[1, first[1].toUpperCase()]] },
      { ...proof, siblings: [[0.5, first[1]]] },
      null,
    ]) {
      expect(() => verifyInclusion(changed, lock)).toThrow(ShapeError)
    }
  })
})

function isAccepted(proof: unknown, lock: LockedList): boolean {
  try {
    return verifyInclusion(proof, lock).ok
  } catch {
    return false
  }
}

/** Every field of a proof, changed in every way that keeps its shape. */
function* changes(proof: InclusionProof): Generator<[string, InclusionProof]> {
  yield ['index + 1', { ...proof, index: proof.index + 1 }]
  if (proof.index > 0) yield ['index - 1', { ...proof, index: proof.index - 1 }]
  yield ['id', { ...proof, id: `${proof.id}x` }]
  yield ['tickets', { ...proof, tickets: proof.tickets + 1 }]
  yield ['reason', { ...proof, reason: 7 - proof.reason }]
  yield ['one sibling less', { ...proof, siblings: proof.siblings.slice(1) }]
  yield ['one sibling more', { ...proof, siblings: [...proof.siblings, [0, '0'.repeat(64)]] }]
  for (let at = 0; at < proof.siblings.length; at++) {
    const [sum, hash] = proof.siblings[at] as [number, string]
    const put = (sibling: [number, string]) => proof.siblings.with(at, sibling)
    yield [`sum ${at}`, { ...proof, siblings: put([sum + 1, hash]) }]
    yield [`hash ${at}`, { ...proof, siblings: put([sum, hash.slice(1) + hash[0]]) }]
    // a sum moved from one sibling to another keeps the total
    const next = proof.siblings[at + 1]
    if (next !== undefined && next[0] > 0) {
      const moved = put([sum + 1, hash]).with(at + 1, [next[0] - 1, next[1]])
      yield [`sum moved to ${at}`, { ...proof, siblings: moved }]
    }
  }
}
