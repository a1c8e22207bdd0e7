import { ByteSumTree } from './byte-sum-tree.ts'
import type { Uint53Source } from './seeded-stream.ts'
import { SumTree } from './sum-tree.ts'
import type { TicketColumn, TicketTree } from './ticket-tree.ts'
import { uniformInteger } from './uniform-integer.ts'

/**
 * What a sampler drew, rank by rank: entry index, tickets left before the rank was drawn, and the number
 * drawn.
 */
export interface Sample {
  readonly indexes: Int32Array
  readonly remaining: Float64Array
  readonly values: Float64Array
}

/** A draw of more than 1 in 32 entries repays the slower start of a ByteSumTree. */
const MANY_BITS = 5

/**
 * Weighted strike-out (Fisher and Yates, 1938): for each rank, r is uniform below the number of tickets
 * left; the entry that holds ticket r in index order is drawn, and all its tickets are struck. The
 * distribution is that of expanding the tickets, shuffling them and keeping the first `count` distinct
 * entries. A pass over the tickets builds a tree of sums, and each rank then costs O(log n): O(n + count
 * log n) in all. Where many are drawn, the tickets are copied into bytes, if they fit.
 *
 * The tickets are not checked (an EntryList has done so). Entries with 0 tickets are never drawn.
 * @param struck indexes that are already out, each at most once
 * @throws {RangeError} when the tickets do not add up to a safe integer, or fewer than `count` entries are
 * left
 * @example
 * import { SeededStream, strikeOut } from '@eungmo/draw/sampling'
 *
 * const { indexes, values } = strikeOut(Uint8Array.of(5, 3, 1), 2, new SeededStream(new Uint8Array(32)))
 * indexes // => Int32Array.of(0, 1)
 * values // => Float64Array.of(1, 0)
 */
export function strikeOut(
  tickets: TicketColumn,
  count: number,
  source: Uint53Source,
  struck: Iterable<number> = [],
): Sample {
  const tree = treeOver(tickets, count)
  strikeAll(tree, tickets.length, struck)
  const indexes = new Int32Array(count)
  const remaining = new Float64Array(count)
  const values = new Float64Array(count)
  for (let rank = 0; rank < count; rank++) {
    const { total } = tree
    if (total === 0) {
      throw new RangeError(`${count} entries were requested, but only ${rank} have tickets`)
    }
    const r = uniformInteger(source, total)
    remaining[rank] = total
    values[rank] = r
    indexes[rank] = tree.strikeOwnerOf(r)
  }
  return { indexes, remaining, values }
}

/** @throws {RangeError} when the tickets do not add up to a safe integer */
function treeOver(tickets: TicketColumn, count: number): TicketTree {
  const isMany = count > tickets.length >>> MANY_BITS
  return (isMany ? ByteSumTree.of(tickets) : null) ?? new SumTree(tickets)
}

/** @throws {RangeError} for an index that does not exist, or occurs twice */
function strikeAll(tree: TicketTree, entries: number, struck: Iterable<number>): void {
  let isStruck: Uint8Array | undefined
  for (const index of struck) {
    isStruck ??= new Uint8Array(entries)
    if (isStruck[index] === undefined) throw new RangeError(`there is no entry with index ${index}`)
    if (isStruck[index] === 1) throw new RangeError(`entry ${index} is already struck`)
    isStruck[index] = 1
    tree.strike(index)
  }
}
