import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { naiveStrikeOut } from '../src/sampling/naive-strike-out.ts'
import { SeededStream } from '../src/sampling/seeded-stream.ts'
import { strikeOut } from '../src/sampling/strike-out.ts'
import { chiSquare, orderedOutcomes } from './support/enumeration.ts'

const seedArbitrary = fc.uint8Array({ minLength: 32, maxLength: 32 })

function drawBoth(
  tickets: readonly number[],
  count: number,
  seed: Uint8Array,
  struck: readonly number[] = [],
) {
  return [
    strikeOut(Float64Array.from(tickets), count, new SeededStream(seed), struck),
    naiveStrikeOut(tickets, count, new SeededStream(seed), struck),
  ] as const
}

describe('strikeOut', () => {
  it('returns the same numbers as the naive walk', () => {
    const tickets = fc.array(
      fc.oneof(
        { weight: 3, arbitrary: fc.integer({ min: 0, max: 3 }) },
        fc.integer({ min: 0, max: 1000 }),
        fc.integer({ min: 0, max: 2 ** 42 }),
      ),
      { minLength: 1, maxLength: 700 },
    )
    fc.assert(
      fc.property(
        tickets,
        seedArbitrary,
        fc.integer({ min: 0, max: 40 }),
        fc.nat(),
        (own, seed, most, nth) => {
          const struck = own.flatMap((_, index) => ((index * 7919 + nth) % 5 === 0 ? [index] : []))
          const eligible = own.filter((count, index) => count > 0 && !struck.includes(index)).length
          const [fast, naive] = drawBoth(own, Math.min(most, eligible), seed, struck)
          expect(fast).toEqual(naive)
        },
      ),
      { seed: 20260131, numRuns: 300 },
    )
  })

  it('returns the same numbers as the naive walk where many of up to 255 tickets each are drawn', () => {
    const tickets = fc.array(
      fc.oneof(
        { weight: 3, arbitrary: fc.integer({ min: 0, max: 3 }) },
        fc.integer({ min: 0, max: 255 }),
        fc.constant(255),
      ),
      { minLength: 1, maxLength: 700 },
    )
    fc.assert(
      fc.property(
        tickets,
        seedArbitrary,
        fc.integer({ min: 1, max: 10 }),
        fc.nat(),
        (own, seed, part, nth) => {
          const struck = own.flatMap((_, index) => ((index * 7919 + nth) % 5 === 0 ? [index] : []))
          const eligible = own.filter((count, index) => count > 0 && !struck.includes(index)).length
          const [fast, naive] = drawBoth(own, Math.ceil(eligible / part), seed, struck)
          expect(fast).toEqual(naive)
        },
      ),
      { seed: 20260131, numRuns: 200 },
    )
  })

  it.each([1, 90])(
    'equals the naive walk to the last entry over sizes around every run, times %i',
    (factor) => {
      for (const size of [1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 257, 1023, 1024, 1025, 1056, 1057]) {
        const tickets = Array.from({ length: size }, (_, index) => factor * ((index * 37) % 11))
        const eligible = tickets.filter((own) => own > 0).length
        const [fast, naive] = drawBoth(tickets, eligible, new Uint8Array(32).fill(size))
        expect(fast).toEqual(naive)
      }
    },
  )

  it('draws the same first ranks however many follow, and whether or not tickets fit into bytes', () => {
    const seed = new Uint8Array(32).fill(5)
    for (const most of [3, 255, 256, 2 ** 30]) {
      const tickets = Float64Array.from({ length: 20_000 }, (_, at) => (at === 7 ? most : at % 4))
      const few = strikeOut(tickets, 100, new SeededStream(seed), [1, 19_999])
      const many = strikeOut(tickets, 10_000, new SeededStream(seed), [1, 19_999])
      for (const column of ['indexes', 'remaining', 'values'] as const) {
        expect(many[column].slice(0, 100)).toEqual(few[column])
      }
      expect(new Set(many.indexes).size).toBe(10_000)
    }
  })

  it('draws the same where small tickets add up to more than 32 bits hold', () => {
    const tickets = new Uint8Array(8_500_000).fill(255)
    const seed = new Uint8Array(32).fill(6)
    const many = strikeOut(tickets, 300_000, new SeededStream(seed))
    expect(many.remaining[0]).toBe(255 * 8_500_000)
    const few = strikeOut(tickets, 10, new SeededStream(seed))
    expect(many.indexes.slice(0, 10)).toEqual(few.indexes)
  })

  it('equals the naive walk on 40,000 entries, which need a third level', () => {
    const tickets = Array.from({ length: 40_000 }, (_, index) => (index % 97 === 0 ? 500 : index % 3))
    const [fast, naive] = drawBoth(tickets, 100, new Uint8Array(32).fill(3), [0, 97, 39_999])
    expect(fast).toEqual(naive)
  })

  it('accepts each kind of column alike', () => {
    const tickets = [3, 0, 7, 1, 255]
    const [expected] = drawBoth(tickets, 4, new Uint8Array(32))
    for (const Column of [Uint8Array, Uint16Array, Uint32Array]) {
      expect(strikeOut(Column.from(tickets), 4, new SeededStream(new Uint8Array(32)))).toEqual(expected)
    }
  })

  it('follows the exact distribution: chi-square over all 24 ordered outcomes of 4 entries', () => {
    const tickets = [1, 2, 3, 4]
    const exact = orderedOutcomes(tickets, 4)
    expect([...exact.values()].reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
    const stream = new SeededStream(new Uint8Array(32).fill(11))
    const column = Float64Array.from(tickets)
    const seen = new Map<string, number>()
    const runs = 100_000
    for (let run = 0; run < runs; run++) {
      const key = strikeOut(column, 4, stream).indexes.join()
      seen.set(key, (seen.get(key) ?? 0) + 1)
    }
    // df 23: 99.9 % of correct samplers stay below 49.7; 8-bit modulo reaches 150, a naive shuffle 15,805
    expect(chiSquare(exact, seen, runs)).toBeLessThan(49.7)
  })

  it('follows the exact distribution for a prefix, with an excluded and a struck entry', () => {
    const exact = orderedOutcomes([5, 0, 3, 0, 1, 1], 2)
    const stream = new SeededStream(new Uint8Array(32).fill(12))
    const seen = new Map<string, number>()
    const runs = 60_000
    for (let run = 0; run < runs; run++) {
      const key = strikeOut(Uint32Array.of(5, 9, 3, 0, 1, 1), 2, stream, [1]).indexes.join()
      seen.set(key, (seen.get(key) ?? 0) + 1)
    }
    expect(exact.size).toBe(12)
    expect(chiSquare(exact, seen, runs)).toBeLessThan(31.3) // df 11, 99.9 %
  })

  it('reports how many can be drawn where more were requested', () => {
    const stream = new SeededStream(new Uint8Array(32))
    expect(() => strikeOut(Uint8Array.of(1, 0, 2), 3, stream)).toThrow(
      '3 entries were requested, but only 2 have tickets',
    )
    expect(() => strikeOut(new Uint8Array(0), 1, stream)).toThrow('only 0 have tickets')
  })

  it('rejects tickets that do not add up to an integer below 2^53', () => {
    const stream = new SeededStream(new Uint8Array(32))
    for (const tickets of [[2 ** 53 - 1, 1], [Number.NaN], [0.5], [-1]]) {
      expect(() => strikeOut(Float64Array.from(tickets), 1, stream)).toThrow(
        'must add up to an integer below 2^53',
      )
    }
  })

  it('draws to the last ticket of a total of 2^53 - 1', () => {
    const tickets = [2 ** 52, 2 ** 52 - 2, 1]
    const [fast, naive] = drawBoth(tickets, 3, new Uint8Array(32).fill(1))
    expect(fast).toEqual(naive)
    expect(fast.remaining[0]).toBe(2 ** 53 - 1)
  })

  it('rejects a struck index that does not exist, or occurs twice', () => {
    const stream = new SeededStream(new Uint8Array(32))
    for (const tickets of [Uint8Array.of(1, 2), new Uint8Array(100).fill(1), Uint16Array.of(0, 300)]) {
      const end = tickets.length
      expect(() => strikeOut(tickets, 1, stream, [end])).toThrow(`there is no entry with index ${end}`)
      expect(() => strikeOut(tickets, 1, stream, [-1])).toThrow('there is no entry with index -1')
      expect(() => strikeOut(tickets, 1, stream, [0, 0])).toThrow('entry 0 is already struck')
    }
  })

  it('does not change the tickets', () => {
    const tickets = Uint32Array.of(1, 2, 3)
    strikeOut(tickets, 3, new SeededStream(new Uint8Array(32)))
    expect([...tickets]).toEqual([1, 2, 3])
  })
})
