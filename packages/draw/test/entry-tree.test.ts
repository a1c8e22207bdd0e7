import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { toHex } from '../src/encoding/hex.ts'
import { asciiBytes, portableSha256, u64 } from '../src/encoding/preimage.ts'
import {
  type EntryList,
  EntryListBuilder,
  EntryTreeBuilder,
  entryTree,
  entryTreeSteps,
  type TreeNode,
  toEntryList,
} from '../src/list/index.ts'

/** The tree as RFC 9162, 2.1.1 defines it: split at the largest power of two below n, over and over. */
function recursiveTop(list: EntryList, from: number, to: number): TreeNode {
  if (to - from === 1) {
    const { id, tickets, reason } = list.entryAt(from)
    const leaf = Buffer.concat([Uint8Array.of(0), u64(tickets), Uint8Array.of(reason), asciiBytes(id)])
    return { sum: tickets, hash: portableSha256(leaf) }
  }
  let split = 1
  while (2 * split < to - from) split *= 2
  const left = recursiveTop(list, from, from + split)
  const right = recursiveTop(list, from + split, to)
  const node = Buffer.concat([Uint8Array.of(1), u64(left.sum), left.hash, u64(right.sum), right.hash])
  return { sum: left.sum + right.sum, hash: portableSha256(node) }
}

function listOf(size: number): EntryList {
  return toEntryList(
    Array.from({ length: size }, (_, at) =>
      at % 7 === 3
        ? { id: `e${at}`, tickets: 0, reason: 1 + (at % 6) }
        : { id: `e${at}`, tickets: 1 + at * 2 ** 20 },
    ),
  )
}

describe('entryTree', () => {
  it('is the tree of RFC 9162 for every size to 70 and around its blocks of 256', () => {
    for (const size of [
      ...Array.from({ length: 70 }, (_, at) => at + 1),
      255,
      256,
      257,
      258,
      511,
      512,
      513,
      769,
      1025,
    ]) {
      const list = listOf(size)
      const { sum, hash } = entryTree(list).top
      const expected = recursiveTop(list, 0, size)
      expect([size, sum, toHex(hash)]).toEqual([size, expected.sum, toHex(expected.hash)])
      expect(sum).toBe(list.totalTickets)
    }
  })

  it('returns the frozen root, with any SHA-256', () => {
    const list = toEntryList([
      { id: 'alice', tickets: 5 },
      { id: 'bob', tickets: 3 },
      { id: 'carol', tickets: 1 },
      { id: 'dave', tickets: 1 },
      { id: 'erin', tickets: 0, reason: 1 },
    ])
    const native = (data: Uint8Array) => createHash('sha256').update(data).digest()
    const expected = '98643a88b666db6d7e2a329412ad76d0685b1975fb4f036a9aa96849167e9db0'
    const eventId = '0190a6f0-0000-7000-8000-000000000001'
    expect(entryTree(list).root(eventId)).toBe(expected)
    expect(entryTree(list, { sha256: native }).root(eventId)).toBe(expected)
    expect(entryTree(list).root('another')).not.toBe(expected)
  })

  it('is the leaf itself for a single entry', () => {
    const list = listOf(1)
    expect(entryTree(list).siblings(0)).toEqual([])
    expect(entryTree(list).top).toEqual(recursiveTop(list, 0, 1))
  })

  it('reports its progress every 4,096 entries and ends in the same tree', () => {
    const list = listOf(9000)
    const steps = entryTreeSteps(list)
    const seen: number[] = []
    let step = steps.next()
    for (; !step.done; step = steps.next()) seen.push(step.value)
    expect(seen).toEqual([4096, 8192])
    expect(step.value.root('event')).toBe(entryTree(list).root('event'))
  })

  it('has no proof beyond the list', () => {
    const tree = entryTree(listOf(3))
    for (const index of [-1, 3, 0.5])
      expect(() => tree.siblings(index)).toThrow(`no entry with index ${index}`)
  })
})

describe('EntryTreeBuilder', () => {
  const hex = ({ sum, hash }: TreeNode) => [sum, toHex(hash)]

  function grown(list: EntryList, order: readonly number[], piece: number) {
    const entries = new EntryListBuilder()
    const tree = new EntryTreeBuilder(entries)
    order.forEach((index, at) => {
      const { id, tickets, reason } = list.entryAt(index)
      entries.add(id, tickets, reason)
      if ((at + 1) % piece === 0) tree.grow()
    })
    return tree.build()
  }

  it('returns the tree of the whole list, added in pieces of any size', () => {
    for (const size of [1, 2, 255, 256, 257, 512, 1000, 20_000]) {
      const list = listOf(size)
      const order = Array.from({ length: size }, (_, at) => at)
      const whole = entryTree(list)
      for (const piece of [1, 100, 256, 300, size, size + 1]) {
        const tree = grown(list, order, piece)
        expect(hex(tree.top)).toEqual(hex(whole.top))
        expect(tree.siblings(size - 1).map(hex)).toEqual(whole.siblings(size - 1).map(hex))
        if (size > 1000) break
      }
    }
  })

  it('hashes again where the entries turn out not to be in order', () => {
    const list = listOf(900)
    const order = Array.from({ length: 900 }, (_, at) => at)
    const late = [...order.slice(5), ...order.slice(0, 5)]
    expect(hex(grown(list, late, 300).top)).toEqual(hex(entryTree(list).top))
    expect(hex(grown(list, order.toReversed(), 300).top)).toEqual(hex(entryTree(list).top))
  })
})
