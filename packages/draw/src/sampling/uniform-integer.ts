import type { Uint53Source } from './seeded-stream.ts'

const TWO_53 = 2 ** 53

/**
 * An integer uniform in [0, limit), by rejection: x = the next 8 bytes modulo 2^53, r = x mod limit; x is
 * rejected where it lies in the last, incomplete run of `limit` values. A limit of 1 also consumes 8 bytes.
 * @param limit 1 to 2^53 - 1
 * @throws {RangeError} for any other limit
 * @example
 * import { SeededStream, uniformInteger } from '@eungmo/draw/sampling'
 *
 * const stream = new SeededStream(new Uint8Array(32))
 * uniformInteger(stream, 6) // => 4
 */
export function uniformInteger(source: Uint53Source, limit: number): number {
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new RangeError(`limit must be an integer from 1 to 2^53 - 1, got ${limit}`)
  }
  return rejectionSample(source, limit, TWO_53)
}

/**
 * The rule of {@link uniformInteger} with the word size as a parameter, so that a test can prove its
 * uniformity by trying every word: the source must be uniform in [0, range), and 1 <= limit <= range <=
 * 2^53. `x - floor(x / limit) * limit` is exact for every x below 2^53.
 * @example
 * import { rejectionSample } from '@eungmo/draw/sampling'
 *
 * const words = [15, 9][Symbol.iterator]() // 15 lies in the last, incomplete run of 6 below 16
 * rejectionSample({ nextUint53: () => words.next().value }, 6, 16) // => 3
 */
export function rejectionSample(source: Uint53Source, limit: number, range: number): number {
  for (;;) {
    const x = source.nextUint53()
    const r = x - Math.floor(x / limit) * limit
    if (x - r <= range - limit) return r
  }
}
