import { parseHex } from './encoding/hex.ts'
import { type EntryInput, toEntryList } from './list/entry-input.ts'
import type { EntryList } from './list/entry-list.ts'
import { SeededStream } from './sampling/seeded-stream.ts'
import { strikeOut } from './sampling/strike-out.ts'

export type { Entry, EntryColumns, EntryInput, EntryList } from './list/index.ts'

/** One drawn entry, as a result record holds it. */
export interface Drawn {
  /** 1 for the first drawn. */
  readonly rank: number
  /** Position in the canonical list, from 0. */
  readonly index: number
  readonly id: string
  readonly tickets: number
  /** Tickets that were left before this rank was drawn. */
  readonly remaining: number
  /** The number drawn, 0 to remaining - 1. */
  readonly r: number
}

export interface DrawOptions {
  readonly entries: EntryInput
  /** At least 1. */
  readonly winnerCount: number
  /** Default 0. */
  readonly alternateCount?: number
  /** 32 bytes, or 64 lowercase hex digits. */
  readonly seed: Uint8Array | string
  /** Indexes in the canonical list that were drawn earlier and are out. */
  readonly struck?: Iterable<number>
}

export interface DrawResult {
  /** Everybody drawn, by rank: winners, then alternates. */
  readonly draws: readonly Drawn[]
  readonly winners: readonly Drawn[]
  readonly alternates: readonly Drawn[]
  /** The canonical list that was drawn from. */
  readonly entries: EntryList
}

/**
 * Draws winners, then alternates, by weighted strike-out over the entries' tickets. A pure function of the entries as a
 * set (their order does not matter), the seed and the entries struck before: the same on every engine.
 * The winners of a smaller draw are the first winners of a larger one.
 * @throws {TypeError} and {RangeError} that name what is wrong
 */
export function draw(options: DrawOptions): DrawResult {
  const { winnerCount, alternateCount = 0, struck = [] } = options
  checkCount('winnerCount', winnerCount, 1)
  checkCount('alternateCount', alternateCount, 0)
  const entries = toEntryList(options.entries)
  const seed = typeof options.seed === 'string' ? parseHex(options.seed, 32, 'seed') : options.seed
  const out = new Set(struck)
  const left = entries.eligibleCount - countEligible(entries, out)
  const count = winnerCount + alternateCount
  if (count > left) {
    throw new RangeError(`${count} entries were asked for, and only ${left} can be drawn`)
  }
  const sample = strikeOut(entries.tickets, count, new SeededStream(seed), out)
  const draws = Array.from(sample.indexes, (index, at) => ({
    rank: at + 1,
    index,
    id: entries.idAt(index),
    tickets: entries.tickets[index] as number,
    remaining: sample.remaining[at] as number,
    r: sample.values[at] as number,
  }))
  return { draws, winners: draws.slice(0, winnerCount), alternates: draws.slice(winnerCount), entries }
}

function checkCount(name: string, count: number, least: number): void {
  if (typeof count !== 'number') throw new TypeError(`${name} must be a number`)
  if (!Number.isSafeInteger(count) || count < least) {
    throw new RangeError(`${name} must be an integer of at least ${least}, got ${count}`)
  }
}

function countEligible(entries: EntryList, indexes: Iterable<number>): number {
  let count = 0
  for (const index of indexes) if ((entries.tickets[index] ?? 0) > 0) count++
  return count
}
