import { below } from './bounded.ts'
import type { Uint53Source } from './stream.ts'

/** Tickets by entry index. A Float64Array must hold integers from 0 to 2^53 - 1 only. */
export type TicketColumn = Float64Array | Uint32Array | Uint16Array | Uint8Array

/** What a sampler drew, rank by rank: entry index, tickets still in the drum before it, and the number drawn. */
export interface Sample {
  readonly indexes: Int32Array
  readonly remaining: Float64Array
  readonly values: Float64Array
}

const BITS = 4
const RADIX = 1 << BITS

/**
 * Weighted strike-out (Fisher and Yates, 1938): for each rank, r uniform below the tickets left, the owner of ticket
 * r in index order is drawn, and all of the owner's tickets are struck. Its law is that of expanding the tickets,
 * shuffling them and keeping the first `count` distinct owners. One pass over the tickets builds a sum tree of radix
 * 16; each rank then costs O(log n): O(n + count log n) in all, without a copy of the tickets.
 *
 * The tickets are trusted (an EntryList has checked them). Entries with 0 tickets are never drawn.
 * @param struck indexes that are out already, each at most once
 * @throws {RangeError} when the tickets do not add up to a safe integer, or fewer than `count` entries are left
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
      throw new RangeError(`${count} entries were asked for, and only ${rank} have tickets`)
    }
    const r = below(source, tree.total)
    const index = tree.ownerOf(r)
    remaining[rank] = tree.total
    values[rank] = r
    indexes[rank] = index
    tree.strike(index)
  }
  return { indexes, remaining, values }
}

/** Sums over runs of 16, 256, ... entries. Float64 because 32-bit sums would overflow. */
class SumTree {
  total: number
  readonly #tickets: TicketColumn
  readonly #levels: Float64Array[] = []
  readonly #struck: Uint32Array

  constructor(tickets: TicketColumn) {
    this.#tickets = tickets
    this.#struck = new Uint32Array((tickets.length + 31) >>> 5)
    let level = sumRuns(tickets)
    this.#levels.push(level)
    while (level.length > RADIX) {
      level = sumRuns(level)
      this.#levels.push(level)
    }
    let total = 0
    for (const sum of level) total += sum
    if (!Number.isSafeInteger(total) || total < 0) {
      throw new RangeError(`the tickets must add up to an integer below 2^53, got ${total}`)
    }
    this.total = total
  }

  ownerOf(ticket: number): number {
    let left = ticket
    let index = 0
    for (let height = this.#levels.length - 1; height >= 0; height--) {
      const level = this.#levels[height] as Float64Array
      let sum = level[index] as number
      while (left >= sum) {
        left -= sum
        sum = level[++index] as number
      }
      index <<= BITS
    }
    const tickets = this.#tickets
    const struck = this.#struck
    for (;;) {
      if ((((struck[index >>> 5] as number) >>> (index & 31)) & 1) === 0) {
        const own = tickets[index] as number
        if (left < own) return index
        left -= own
      }
      index++
    }
  }

  strike(index: number): void {
    const own = this.#tickets[index]
    if (own === undefined) throw new RangeError(`there is no entry with index ${index}`)
    const bit = 1 << (index & 31)
    const word = index >>> 5
    if (((this.#struck[word] as number) & bit) !== 0) throw new RangeError(`entry ${index} is struck already`)
    this.#struck[word] = (this.#struck[word] as number) | bit
    let node = index
    for (const level of this.#levels) {
      node >>>= BITS
      level[node] = (level[node] as number) - own
    }
    this.total -= own
  }
}

function sumRuns(values: TicketColumn): Float64Array {
  const whole = values.length >>> BITS
  const sums = new Float64Array((values.length + RADIX - 1) >>> BITS)
  let at = 0
  for (let run = 0; run < whole; run++) {
    let even = 0
    let odd = 0
    for (const end = at + RADIX; at < end; at += 2) {
      even += values[at] as number
      odd += values[at + 1] as number
    }
    sums[run] = even + odd
  }
  if (whole < sums.length) {
    let sum = 0
    for (; at < values.length; at++) sum += values[at] as number
    sums[whole] = sum
  }
  return sums
}
