import type { TicketColumn, TicketTree } from './ticket-tree.ts'

const BITS = 5
const RADIX = 1 << BITS

/**
 * Sums over runs of 32, 1,024, … entries, level by level in one array. Float64, because 32-bit sums would
 * overflow. Cheap to build, for any tickets.
 */
export class SumTree implements TicketTree {
  total: number
  readonly #tickets: TicketColumn
  readonly #struck: Uint32Array
  readonly #sums: Float64Array
  /** Where each level starts in the sums, the lowest first. */
  readonly #starts: readonly number[]

  /** @throws {RangeError} when the tickets do not add up to a safe integer */
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

  strikeOwnerOf(ticket: number): number {
    const index = this.#ownerOf(ticket)
    this.strike(index)
    return index
  }

  #ownerOf(ticket: number): number {
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
    const own = this.#tickets[index] as number
    const word = index >>> 5
    this.#struck[word] = (this.#struck[word] as number) | (1 << (index & 31))
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
    // A run has as many entries as a word has bits.
    let struck = this.#struck[from >>> 5] as number
    let left = ticket
    for (let index = from; ; index++) {
      if ((struck & 1) === 0) {
        const own = tickets[index] as number
        if (left < own) return index
        left -= own
      }
      struck >>>= 1
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
