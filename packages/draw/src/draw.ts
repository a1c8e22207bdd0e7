import { parseHex } from './encoding/hex.ts'
import { type EntryInput, toEntryList } from './list/entry-input.ts'
import type { EntryList } from './list/entry-list.ts'
import { SeededStream } from './sampling/seeded-stream.ts'
import { strikeOut } from './sampling/strike-out.ts'

export type { Entry, EntryColumns, EntryInput, EntryList } from './list/index.ts'

/** One drawn entry, as a result record contains it. */
export interface Drawn {
  /** 1 for the first drawn. */
  readonly rank: number
  /** Position in the canonical list, from 0. */
  readonly index: number
  readonly id: string
  readonly tickets: number
  /** Tickets left before this rank was drawn. */
  readonly remaining: number
  /** The number drawn, 0 to remaining - 1. */
  readonly r: number
}

export interface DrawOptions {
  readonly entries: EntryInput
  /** At least 1. */
  readonly winnerCount: number
  /** Defaults to 0. */
  readonly alternateCount?: number
  /** 32 bytes, or 64 lowercase hex digits. */
  readonly seed: Uint8Array | string
  /** Indexes in the canonical list that were drawn earlier and are out. Defaults to none. */
  readonly struck?: Iterable<number>
}

export interface DrawResult {
  /** All entries drawn, by rank: winners, then alternates. */
  readonly draws: readonly Drawn[]
  readonly winners: readonly Drawn[]
  readonly alternates: readonly Drawn[]
  /** The canonical list that was drawn from. */
  readonly entries: EntryList
}

/**
 * Draws winners, then alternates, by weighted strike-out over the entries' tickets. A pure function of the
 * entries as a set (their order does not matter), the seed and the entries struck before: the same on every
 * engine. The winners of a smaller draw are the first winners of a larger one.
 * @throws {TypeError} for a value of the wrong type, {RangeError} for a wrong entry, seed or count; the
 * message names it
 * @example
 * import { draw } from '@eungmo/draw'
 *
 * const entries = [{ id: 'alice', tickets: 5 }, { id: 'bob', tickets: 3 }, { id: 'carol', tickets: 1 }]
 * const { winners, alternates } = draw({ entries, winnerCount: 1, alternateCount: 1, seed: '00'.repeat(32) })
 * winners[0].id // => 'alice'
 * alternates[0].id // => 'bob'
 */
export function draw(options: DrawOptions): DrawResult {
  const { winnerCount, alternateCount = 0, struck = [] } = options
  checkCount('winnerCount', winnerCount, 1)
  checkCount('alternateCount', alternateCount, 0)
  const entries = toEntryList(options.entries)
  const seed = typeof options.seed === 'string' ? parseHex(options.seed, 32, 'seed') : options.seed
  const out = new Set(struck)
  const available = entries.eligibleCount - countEligible(entries, out)
  const count = winnerCount + alternateCount
  if (count > available) {
    throw new RangeError(`${count} entries were requested, but only ${available} can be drawn`)
  }
  const sample = strikeOut(entries.tickets, count, new SeededStream(seed), out)
  const draws: Drawn[] = []
  for (let at = 0; at < count; at++) {
    const index = sample.indexes[at] as number
    draws.push({
      rank: at + 1,
      index,
      id: entries.idAt(index),
      tickets: entries.tickets[index] as number,
      remaining: sample.remaining[at] as number,
      r: sample.values[at] as number,
    })
  }
  return { draws, winners: draws.slice(0, winnerCount), alternates: draws.slice(winnerCount), entries }
}

function checkCount(name: string, count: number, min: number): void {
  if (typeof count !== 'number') throw new TypeError(`${name} must be a number`)
  if (!Number.isSafeInteger(count) || count < min) {
    throw new RangeError(`${name} must be an integer of at least ${min}, got ${count}`)
  }
}

function countEligible(entries: EntryList, indexes: Iterable<number>): number {
  let count = 0
  for (const index of indexes) if ((entries.tickets[index] ?? 0) > 0) count++
  return count
}
