import { type Drawn, draw } from '../draw.ts'
import type { EntryList } from '../list/entry-list.ts'
import type { Attempt } from './attempts.ts'
import { CheckError } from './check-error.ts'

const FIELDS = ['rank', 'index', 'id', 'tickets', 'remaining', 'r'] as const

/** Draws each attempt again from the list: the results must be equal. */
export function checkDraws(attempts: readonly Attempt[], entries: EntryList): void {
  const struck: number[] = []
  for (const { lock, result } of attempts) {
    checkEnoughLeft(
      lock.winnerCount + lock.alternateCount,
      entries.eligibleCount - struck.length,
      lock.attempt,
    )
    if (result === null) continue
    const { winnerCount, alternateCount } = lock
    const { draws } = draw({ entries, winnerCount, alternateCount, seed: result.seed, struck })
    checkDrawCount(result.draws, draws.length, result.attempt)
    draws.forEach((expected, at) => {
      compareDrawn(result.draws[at] as Drawn, expected, result.attempt)
      struck.push(expected.index)
    })
  }
}

/** @throws {CheckError} where more entries are to be drawn than are left */
export function checkEnoughLeft(count: number, left: number, attempt: number): void {
  if (count > left) throw new CheckError(`lock ${attempt} draws ${count}, but only ${left} can be drawn`)
}

/** @throws {CheckError} where a result does not have exactly the ranks of its lock */
export function checkDrawCount(draws: readonly Drawn[], count: number, attempt: number): void {
  if (draws.length !== count)
    throw new CheckError(`result ${attempt} has ${draws.length} draws, but its lock requires ${count}`)
}

/** @throws {CheckError} naming the first field in which a drawn entry differs */
export function compareDrawn(found: Drawn, expected: Drawn, attempt: number): void {
  for (const field of FIELDS) {
    if (found[field] !== expected[field]) {
      const where = `result ${attempt}, rank ${expected.rank}`
      throw new CheckError(
        `${where} has ${field} ${found[field]}, but the seed and the list give ${expected[field]}`,
      )
    }
  }
}
