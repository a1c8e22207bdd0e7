import type { Uint53Source } from './seeded-stream.ts'

const TWO_53 = 2 ** 53

/**
 * An integer uniform in [0, limit), by rejection: x = the next 8 bytes modulo 2^53, r = x mod limit; x is refused
 * where it lies in the last, incomplete run of `limit` values. A limit of 1 also consumes 8 bytes.
 * @param limit 1 to 2^53 - 1
 * @throws {RangeError} for any other limit
 */
export function uniformInteger(source: Uint53Source, limit: number): number {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new RangeError(`limit must be an integer from 1 to 2^53 - 1, got ${limit}`)
  }
  return rejectionSample(source, limit, TWO_53)
}

/**
 * The rule behind {@link uniformInteger} with the word size as a parameter, so that its uniformity can be proved by trying
 * every word: the source must be uniform in [0, range), and 1 <= limit <= range <= 2^53.
 * `x - floor(x / limit) * limit` is exact for every x below 2^53.
 */
export function rejectionSample(source: Uint53Source, limit: number, range: number): number {
  for (;;) {
    const x = source.nextUint53()
    const r = x - Math.floor(x / limit) * limit
    if (x - r <= range - limit) return r
  }
}
