/** What identifies a drand chain of scheme bls-unchained-g1-rfc9380. */
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

/** drand quicknet; pinned here and never read from a transcript or a relay. */
export const QUICKNET: BeaconChain = {
  name: 'quicknet',
  hash: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  genesis: 1692803367,
  period: 3,
}

/** When a round comes out, in milliseconds since 1970. @throws {RangeError} unless `round` is a positive integer. */
export function roundTime(round: number, chain: BeaconChain = QUICKNET): number {
  if (!Number.isSafeInteger(round) || round < 1) throw new RangeError(`there is no round ${round}`)
  return 1000 * (chain.genesis + chain.period * (round - 1))
}

/** The latest round that is out at a time in milliseconds since 1970. @throws {RangeError} before the first round. */
export function roundAt(ms: number, chain: BeaconChain = QUICKNET): number {
  const round = 1 + Math.floor((ms - 1000 * chain.genesis) / (1000 * chain.period))
  if (!(round >= 1)) throw new RangeError(`${chain.name} has no round at ${ms} ms`)
  return round
}

/**
 * The round that a lock waits for: the first not before `delay` seconds after it.
 * @param ms the lock's `at`, in milliseconds since 1970
 * @param delay the rules' beaconDelay, in seconds
 * @throws {RangeError} before the first round
 */
export function roundAfter(ms: number, delay: number, chain: BeaconChain = QUICKNET): number {
  const round = 1 + Math.ceil((ms + 1000 * delay - 1000 * chain.genesis) / (1000 * chain.period))
  if (!(round >= 1)) throw new RangeError(`${chain.name} has no round at ${ms} ms`)
  return round
}
