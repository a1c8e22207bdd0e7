/** A drand chain of the scheme bls-unchained-g1-rfc9380. */
export interface BeaconChain {
  readonly name: string
  /** Chain hash, in hex. */
  readonly hash: string
  /** Group public key on G2, 96 bytes in hex. */
  readonly publicKey: string
  /** Unix time of round 1, in seconds. */
  readonly genesis: number
  /** Seconds from one round to the next. */
  readonly period: number
}

/** drand's chain quicknet, pinned here: it is never read from a transcript or a relay. */
export const QUICKNET: BeaconChain = {
  name: 'quicknet',
  hash: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  genesis: 1692803367,
  period: 3,
}

/**
 * When a round is published, in milliseconds since 1970.
 * @throws {RangeError} unless `round` is a positive integer
 * @example
 * import { roundTime } from '@eungmo/draw/beacon'
 *
 * new Date(roundTime(1000)).toISOString() // => '2023-08-23T15:59:24.000Z'
 */
export function roundTime(round: number, chain: BeaconChain = QUICKNET): number {
  if (!Number.isSafeInteger(round) || round < 1) throw new RangeError(`there is no round ${round}`)
  return 1000 * (chain.genesis + chain.period * (round - 1))
}

/**
 * The latest round published at a time in milliseconds since 1970.
 * @throws {RangeError} before the first round
 * @example
 * import { roundAt } from '@eungmo/draw/beacon'
 *
 * roundAt(Date.parse('2023-08-23T15:59:26.999Z')) // => 1000
 */
export function roundAt(ms: number, chain: BeaconChain = QUICKNET): number {
  const round = 1 + Math.floor((ms - 1000 * chain.genesis) / (1000 * chain.period))
  if (!(round >= 1)) throw new RangeError(`${chain.name} has no round at ${ms} ms`)
  return round
}

/**
 * The round that a lock waits for: the first one published at least `delaySeconds` after the lock.
 * @param ms the lock's `at`, in milliseconds since 1970
 * @param delaySeconds the rules' beaconDelay
 * @throws {RangeError} before the first round
 * @example
 * import { roundAfter } from '@eungmo/draw/beacon'
 *
 * roundAfter(Date.parse('2023-08-23T15:59:00.000Z'), 24) // => 1000
 */
export function roundAfter(ms: number, delaySeconds: number, chain: BeaconChain = QUICKNET): number {
  const round = 1 + Math.ceil((ms + 1000 * delaySeconds - 1000 * chain.genesis) / (1000 * chain.period))
  if (!(round >= 1)) throw new RangeError(`${chain.name} has no round at ${ms} ms`)
  return round
}
