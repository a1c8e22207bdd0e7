import type { Drawn } from '../draw.ts'
import { parseHex } from '../encoding/hex.ts'
import { isReservedReason } from '../list/entry-list.ts'
import { type InclusionProof, verifyInclusion } from '../receipts/inclusion-proof.ts'
import { SeededStream } from '../sampling/seeded-stream.ts'
import { uniformInteger } from '../sampling/uniform-integer.ts'
import type { Attempt } from './attempts.ts'
import { checkDrawCount, checkEnoughLeft, compareDrawn } from './check-draws.ts'
import { asCheck, CheckError } from './check-error.ts'
import { checkSameList, checkTicketCount } from './check-list.ts'
import { type CheckOptions, runChecks, runToEnd } from './run-checks.ts'
import type { Progress, Verification } from './verification.ts'

/** A checked proof, with the number of tickets before its entry. */
interface Placed {
  readonly proof: InclusionProof
  readonly offset: number
}

type PlacedByIndex = ReadonlyMap<number, Placed>

/**
 * Checks a transcript without the list, from the inclusion proofs of all entries drawn (and of a receipt's
 * entry). The list as a whole is not checked against the root: a warning of the result says so. Never
 * throws for a wrong transcript.
 * @example
 * // after the example of verifyDraw
 * import { inclusionProof } from '@eungmo/draw/receipts'
 * import { verifyLight } from '@eungmo/draw/verify'
 *
 * const proofs = [0, 1].map((index) => inclusionProof(tree, index)) // alice and bob were drawn
 * verifyLight(transcript, proofs).ok // => true
 */
export function verifyLight(
  transcript: unknown,
  proofs: readonly unknown[],
  options: CheckOptions = {},
): Verification {
  return runToEnd(
    runChecks<PlacedByIndex>(
      transcript,
      {
        isEmpty: () => proofs.length === 0,
        list: (attempts) => checkProofs(attempts, proofs),
        draws: checkDrawsByProof,
        findEntry: (placed, id) => {
          for (const { proof } of placed.values()) if (proof.id === id) return proof
          return undefined
        },
        warnings: () => [
          {
            code: 'list-not-checked',
            message: 'only the entries drawn were checked, not the whole list',
          },
        ],
      },
      options,
    ),
  )
}

function* checkProofs(
  attempts: readonly Attempt[],
  proofs: readonly unknown[],
): Generator<Progress, PlacedByIndex> {
  checkSameList(attempts)
  const { lock } = attempts[0] as Attempt
  const placed = new Map<number, Placed>()
  proofs.forEach((value, at) => {
    const check = checkedProof(value, at, lock)
    const { index, id, tickets, reason } = check.proof
    if (placed.has(index)) throw new CheckError(`there are two proofs for entry ${index}`)
    checkTicketCount(tickets, lock.visitBonus, () => id)
    if (isReservedReason(reason)) throw new CheckError(`entry "${id}" has a reserved reason`)
    placed.set(index, check)
  })
  return placed
}

function checkedProof(value: unknown, at: number, lock: Attempt['lock']): Placed {
  const check = asCheck(() => verifyInclusion(value, lock), `proof ${at}: `)
  if (!check.ok) throw new CheckError(`proof ${at}: ${check.error}`)
  return { proof: value as InclusionProof, offset: check.offset }
}

/**
 * Draws again from the proofs alone: P = offset - tickets of struck entries before it, R = totalTickets -
 * tickets of all struck entries, and the drawn entry must hold ticket r.
 */
function checkDrawsByProof(attempts: readonly Attempt[], placed: PlacedByIndex): void {
  const first = attempts[0] as Attempt
  const struck = new StruckTickets([...placed.keys()])
  let drawn = 0
  for (const { lock, result } of attempts) {
    const count = lock.winnerCount + lock.alternateCount
    checkEnoughLeft(count, first.lock.eligibleCount - drawn, lock.attempt)
    if (result === null) continue
    checkDrawCount(result.draws, count, lock.attempt)
    const stream = new SeededStream(parseHex(result.seed, 32, 'seed'))
    result.draws.forEach((found, at) => {
      const remaining = first.lock.totalTickets - struck.total
      if (remaining < 1) throw new CheckError(`result ${lock.attempt}, rank ${at + 1}: no tickets are left`)
      const r = uniformInteger(stream, remaining)
      const owner = ownerOf(found, placed, struck, r, lock.attempt)
      const { index, id, tickets } = owner
      compareDrawn(found, { rank: at + 1, index, id, tickets, remaining, r }, lock.attempt)
      struck.add(index, tickets)
      drawn++
    })
  }
}

function ownerOf(found: Drawn, placed: PlacedByIndex, struck: StruckTickets, r: number, attempt: number) {
  const where = `result ${attempt}, rank ${found.rank}`
  const place = placed.get(found.index)
  if (place === undefined) throw new CheckError(`${where}: the proof of entry ${found.index} is missing`)
  if (struck.has(found.index)) throw new CheckError(`${where}: entry ${found.index} was drawn before`)
  const before = place.offset - struck.before(found.index)
  if (r < before || r >= before + place.proof.tickets) {
    throw new CheckError(`${where}: entry ${found.index} does not hold the ticket ${r} that the seed gives`)
  }
  return place.proof
}

/** Tickets struck so far, summed up to any index (a Fenwick tree over the indexes that can be struck). */
class StruckTickets {
  total = 0
  readonly #places: Map<number, number>
  readonly #sums: Float64Array
  readonly #struck = new Set<number>()

  constructor(indexes: readonly number[]) {
    const ascending = [...indexes].sort((left, right) => left - right)
    this.#places = new Map(ascending.map((index, at) => [index, at + 1]))
    this.#sums = new Float64Array(ascending.length + 1)
  }

  has(index: number): boolean {
    return this.#struck.has(index)
  }

  add(index: number, tickets: number): void {
    this.#struck.add(index)
    this.total += tickets
    for (let at = this.#places.get(index) ?? 0; at > 0 && at < this.#sums.length; at += at & -at) {
      this.#sums[at] = (this.#sums[at] as number) + tickets
    }
  }

  before(index: number): number {
    let sum = 0
    for (let at = (this.#places.get(index) ?? 1) - 1; at > 0; at -= at & -at) sum += this.#sums[at] as number
    return sum
  }
}
