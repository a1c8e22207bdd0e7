import type { Uint53Source } from './seeded-stream.ts'
import { uniformInteger } from './uniform-integer.ts'

/** Tickets by entry index. A Float64Array must hold integers from 0 to 2^53 - 1 only. */
export type TicketColumn = Float64Array | Uint32Array | Uint16Array | Uint8Array

/**
 * What a sampler drew, rank by rank: entry index, tickets left before the rank was drawn, and the number
 * drawn.
 */
export interface Sample {
  readonly indexes: Int32Array
  readonly remaining: Float64Array
  readonly values: Float64Array
}

const BITS = 5
const RADIX = 1 << BITS

/**
 * Weighted strike-out (Fisher and Yates, 1938): for each rank, r is uniform below the number of tickets
 * left; the entry that holds ticket r in index order is drawn, and all its tickets are struck. The
 * distribution is that of expanding the tickets, shuffling them and keeping the first `count` distinct
 * entries. One pass over the tickets builds a sum tree of radix 32, and each rank then costs O(log n): O(n
 * + count log n) in all, without a copy of the tickets.
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
  const tree = new SumTree(tickets)
  for (const index of struck) tree.strike(index)
  const indexes = new Int32Array(count)
  const remaining = new Float64Array(count)
  const values = new Float64Array(count)
  for (let rank = 0; rank < count; rank++) {
    if (tree.total === 0) {
      throw new RangeError(`${count} entries were requested, but only ${rank} have tickets`)
    }
    const r = uniformInteger(source, tree.total)
    const index = tree.ownerOf(r)
    remaining[rank] = tree.total
    values[rank] = r
    indexes[rank] = index
    tree.strike(index)
  }
  return { indexes, remaining, values }
}

/**
 * Sums over runs of 32, 1,024, … entries, level by level in one array. Float64, because 32-bit sums would
 * overflow.
 */
class SumTree {
  total: number
  readonly #tickets: TicketColumn
  readonly #struck: Uint32Array
  readonly #sums: Float64Array
  /** Where each level starts in the sums, the lowest first. */
  readonly #starts: readonly number[]

  constructor(tickets: TicketColumn) {
    const { starts, size } = levelStarts(tickets.length)
    const sums = new Float64Array(size)
    sumRuns(tickets, sums)
    for (const [height, start] of starts.slice(1).entries()) {
      const below = starts[height] as number
      for (let node = below; node < start; node++) {
        const above = start + ((node - below) >>> BITS)
        sums[above] = (sums[above] as number) + (sums[node] as number)
      }
    }
    let total = 0
    for (const sum of sums.subarray(starts.at(-1))) total += sum
    if (!Number.isSafeInteger(total) || total < 0) {
      throw new RangeError(`the tickets must add up to an integer below 2^53, got ${total}`)
    }
    this.#tickets = tickets
    this.#struck = new Uint32Array((tickets.length + 31) >>> 5)
    this.#sums = sums
    this.#starts = starts
    this.total = total
  }

  /** The index of the entry that holds a ticket below the total. */
  ownerOf(ticket: number): number {
    const starts = this.#starts
    const sums = this.#sums
    let left = ticket
    let index = 0
    for (let height = starts.length - 1; height >= 0; height--) {
      const start = starts[height] as number
      let node = start + index
      let sum = sums[node] as number
      while (left >= sum) {
        left -= sum
        sum = sums[++node] as number
      }
      index = (node - start) << BITS
    }
    return this.#ownerInRun(index, left)
  }

  strike(index: number): void {
    const own = this.#tickets[index]
    if (own === undefined) throw new RangeError(`there is no entry with index ${index}`)
    const bit = 1 << (index & 31)
    const word = index >>> 5
    if (((this.#struck[word] as number) & bit) !== 0) throw new RangeError(`entry ${index} is already struck`)
    this.#struck[word] = (this.#struck[word] as number) | bit
    const starts = this.#starts
    const sums = this.#sums
    let node = index
    for (let height = 0; height < starts.length; height++) {
      node >>>= BITS
      const place = (starts[height] as number) + node
      sums[place] = (sums[place] as number) - own
    }
    this.total -= own
  }

  #ownerInRun(from: number, ticket: number): number {
    const tickets = this.#tickets
    const struck = this.#struck
    let left = ticket
    for (let index = from; ; index++) {
      if ((((struck[index >>> 5] as number) >>> (index & 31)) & 1) === 0) {
        const own = tickets[index] as number
        if (left < own) return index
        left -= own
      }
    }
  }
}

function levelStarts(entries: number): { starts: number[]; size: number } {
  const starts: number[] = []
  let size = 0
  let nodes = entries
  do {
    nodes = (nodes + RADIX - 1) >>> BITS
    starts.push(size)
    size += nodes
  } while (nodes > RADIX)
  return { starts, size }
}

/** Sums each run of tickets, in four sums at a time, because each addition would wait for the one before. */
function sumRuns(tickets: TicketColumn, sums: Float64Array): void {
  const whole = tickets.length >>> BITS
  let at = 0
  for (let run = 0; run < whole; run++) {
    let a = 0
    let b = 0
    let c = 0
    let d = 0
    for (const end = at + RADIX; at < end; at += 4) {
      a += tickets[at] as number
      b += tickets[at + 1] as number
      c += tickets[at + 2] as number
      d += tickets[at + 3] as number
    }
    sums[run] = a + b + (c + d)
  }
  let rest = 0
  for (; at < tickets.length; at++) rest += tickets[at] as number
  if (tickets.length > whole << BITS) sums[whole] = rest
}
