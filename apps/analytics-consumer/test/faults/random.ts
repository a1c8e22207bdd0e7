/** Numbers that follow from a seed, so that a run can be repeated. */
export interface Random {
  /** At least `from`, below `to`. */
  between(from: number, to: number): number
}

/**
 * The random numbers of one scenario in one run: mulberry32 over seed and stream. Enough to vary instants,
 * and nothing else.
 */
export function createRandom(seed: number, stream: number): Random {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream, 0x85ebca6b)) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { between: (from, to) => from + next() * (to - from) }
}

const MAX_SEED = 1_000_000

/** A seed for a run that was not given one. */
export const newSeed = (): number => Math.floor(Math.random() * MAX_SEED)
