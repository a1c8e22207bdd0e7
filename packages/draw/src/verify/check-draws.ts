import { type Drawn, draw } from '../draw.ts'
import type { EntryList } from '../list/entry-list.ts'
import type { Attempt } from './attempts.ts'
import { CheckError } from './verification.ts'

const FIELDS = ['rank', 'index', 'id', 'tickets', 'remaining', 'r'] as const

/** Every attempt is drawn again from the list and must give the same. */
export function checkDraws(attempts: readonly Attempt[], entries: EntryList): void {
  const struck: number[] = []
  for (const { lock, result } of attempts) {
    checkRoom(lock.winnerCount + lock.alternateCount, entries.eligibleCount - struck.length, lock.attempt)
    if (result === null) continue
    const { winnerCount, alternateCount } = lock
    const { draws } = draw({ entries, winnerCount, alternateCount, seed: result.seed, struck })
    checkDrawCount(result.draws, draws.length, result.attempt)
    draws.forEach((wanted, at) => {
      compareDrawn(result.draws[at] as Drawn, wanted, result.attempt)
      struck.push(wanted.index)
    })
  }
}

/** @throws {CheckError} where more are to be drawn than can be. */
export function checkRoom(count: number, left: number, attempt: number): void {
  if (count > left) throw new CheckError(`lock ${attempt} wants ${count} drawn, and only ${left} can be`)
}

/** @throws {CheckError} where a result does not hold exactly the ranks of its lock. */
export function checkDrawCount(draws: readonly Drawn[], count: number, attempt: number): void {
  if (draws.length !== count)
    throw new CheckError(`result ${attempt} holds ${draws.length} draws, and its lock wants ${count}`)
}

/** @throws {CheckError} naming the first field in which a drawn entry differs. */
export function compareDrawn(found: Drawn, wanted: Drawn, attempt: number): void {
  for (const field of FIELDS) {
    if (found[field] !== wanted[field]) {
      throw new CheckError(
        `result ${attempt}, rank ${wanted.rank} has ${field} ${found[field]}, and the seed and the list give ${wanted[field]}`,
      )
    }
  }
}
