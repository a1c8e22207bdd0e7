import type { Uint53Source } from './seeded-stream.ts'
import type { Sample } from './strike-out.ts'
import { uniformInteger } from './uniform-integer.ts'

/**
 * The reference for `strikeOut`, which must return the same numbers: an O(n) walk per rank, short enough to
 * be checked by eye. For tests and readers.
 * @throws {RangeError} when fewer than `count` entries have tickets
 * @example
 * import { naiveStrikeOut, SeededStream } from '@eungmo/draw/sampling'
 *
 * naiveStrikeOut([5, 3, 1], 2, new SeededStream(new Uint8Array(32))).indexes // => Int32Array.of(0, 1)
 */
export function naiveStrikeOut(
  tickets: ArrayLike<number>,
  count: number,
  source: Uint53Source,
  struck: Iterable<number> = [],
): Sample {
  const left = Array.from(tickets)
  for (const index of struck) left[index] = 0
  const sample = {
    indexes: new Int32Array(count),
    remaining: new Float64Array(count),
    values: new Float64Array(count),
  }
  for (let rank = 0; rank < count; rank++) {
    const total = left.reduce((sum, own) => sum + own, 0)
    const r = uniformInteger(source, total)
    let before = 0
    const index = left.findIndex((own) => {
      before += own
      return r < before
    })
    sample.indexes[rank] = index
    sample.remaining[rank] = total
    sample.values[rank] = r
    left[index] = 0
  }
  return sample
}
