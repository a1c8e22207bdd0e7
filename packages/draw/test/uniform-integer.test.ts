import { describe, expect, it } from 'vitest'
import type { Uint53Source } from '../src/sampling/seeded-stream.ts'
import { rejectionSample, uniformInteger } from '../src/sampling/uniform-integer.ts'

function source(...words: number[]): Uint53Source & { left: () => number } {
  const queue = [...words]
  return {
    nextUint53: () => {
      const word = queue.shift()
      if (word === undefined) throw new Error('the source is empty')
      return word
    },
    left: () => queue.length,
  }
}

describe('rejectionSample', () => {
  it('is exactly uniform: over every word of 1 to 9 bits and every limit, each value is equally frequent', () => {
    for (let bits = 1; bits <= 9; bits++) {
      const range = 2 ** bits
      for (let limit = 1; limit <= range; limit++) {
        const counts = new Array<number>(limit).fill(0)
        for (let word = 0; word < range; word++) {
          const rejected = Symbol('rejected')
          let requested = 0
          try {
            const nextUint53 = () => {
              if (requested++ > 0) throw rejected
              return word
            }
            const value = rejectionSample({ nextUint53 }, limit, range)
            counts[value] = (counts[value] ?? 0) + 1
          } catch (error) {
            if (error !== rejected) throw error
          }
        }
        expect(new Set(counts)).toEqual(new Set([Math.floor(range / limit)]))
      }
    }
  })
})

describe('uniformInteger', () => {
  it('takes the remainder by the limit', () => {
    expect(uniformInteger(source(25), 10)).toBe(5)
    expect(uniformInteger(source(2 ** 52 + 3), 2 ** 52)).toBe(3)
  })

  it('draws again where the word lies in the last, incomplete run', () => {
    // 2^53 = 3 * 3002399751580330 + 2: the last two words are rejected
    const words = source(2 ** 53 - 1, 2 ** 53 - 2, 2 ** 53 - 3)
    expect(uniformInteger(words, 3)).toBe(2)
    expect(words.left()).toBe(0)
  })

  it('rejects the only word beyond the largest limit, and uses all others as they are', () => {
    expect(uniformInteger(source(2 ** 53 - 1, 7), 2 ** 53 - 1)).toBe(7)
    expect(uniformInteger(source(2 ** 53 - 2), 2 ** 53 - 1)).toBe(2 ** 53 - 2)
  })

  it('consumes a word for a limit of 1 as well', () => {
    const words = source(2 ** 53 - 1, 5)
    expect(uniformInteger(words, 1)).toBe(0)
    expect(words.left()).toBe(1)
  })

  it('rejects limits that are not integers from 1 to 2^53 - 1', () => {
    for (const limit of [0, -1, 1.5, 2 ** 53, Number.NaN]) {
      expect(() => uniformInteger(source(1), limit)).toThrow(
        `limit must be an integer from 1 to 2^53 - 1, got ${limit}`,
      )
    }
  })
})
