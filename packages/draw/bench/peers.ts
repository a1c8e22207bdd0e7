import { randomFillSync } from 'node:crypto'
import { shuffler } from 'd3-array'
import sampleSize from 'lodash/sampleSize.js'
import { MersenneTwister19937, sample } from 'random-js'

/** Draws from tickets, as an application would with this library. */
export interface Peer {
  readonly name: string
  readonly draw: (weights: Float64Array, count: number) => unknown
}

/** Each ticket as an element with its owner's index, as shuffling libraries need. */
function expanded(weights: Float64Array): Uint32Array {
  let total = 0
  for (const own of weights) total += own
  const tickets = new Uint32Array(total)
  let at = 0
  for (let owner = 0; owner < weights.length; owner++) {
    for (let own = weights[owner] as number; own > 0; own--) tickets[at++] = owner
  }
  return tickets
}

/** The textbook way: expand the tickets, Fisher–Yates with Crypto's bytes, keep the first distinct owners. */
function expandAndShuffle(weights: Float64Array, count: number): Set<number> {
  const tickets = expanded(weights)
  const random = new Uint32Array(16_384)
  let left = 0
  for (let last = tickets.length - 1; last > 0; last--) {
    const limit = last + 1
    let word: number
    do {
      if (left === 0) {
        randomFillSync(random)
        left = random.length
      }
      word = random[--left] as number
    } while (word >= 4294967296 - (4294967296 % limit))
    const other = word % limit
    const ticket = tickets[last] as number
    tickets[last] = tickets[other] as number
    tickets[other] = ticket
  }
  const winners = new Set<number>()
  for (let at = 0; winners.size < count && at < tickets.length; at++) winners.add(tickets[at] as number)
  return winners
}

const shuffle = shuffler(Math.random)
const engine = MersenneTwister19937.seed(1)

/** lodash and random-js take `count` tickets, though an owner may have several of them: in their favour. */
export const PEERS: readonly Peer[] = [
  {
    name: 'lodash.sampleSize on tickets',
    draw: (weights, count) => sampleSize(Array.from(expanded(weights)), count),
  },
  {
    name: 'd3-array shuffle on tickets',
    draw: (weights, count) => shuffle(expanded(weights)).slice(0, count),
  },
  {
    name: 'random-js sample on tickets',
    draw: (weights, count) => sample(engine, Array.from(expanded(weights)), count),
  },
  { name: 'expand and shuffle (Crypto)', draw: expandAndShuffle },
]
