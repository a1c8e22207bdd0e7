import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draw } from '../src/draw.ts'
import { type Entry, toEntryList } from '../src/list/index.ts'
import { naiveStrikeOut } from '../src/sampling/naive-strike-out.ts'
import { SeededStream } from '../src/sampling/seeded-stream.ts'

const entriesArbitrary = fc
  .uniqueArray(
    fc.record({
      id: fc.stringMatching(/^[A-Za-z0-9_.@+:-]{1,12}$/),
      tickets: fc.integer({ min: 1, max: 9 }),
      reason: fc.constantFrom(0, 0, 0, 0, 1, 4, 7),
    }),
    { selector: (entry) => entry.id, minLength: 1, maxLength: 60 },
  )
  .map((entries): Entry[] => entries.map((entry) => (entry.reason === 0 ? entry : { ...entry, tickets: 0 })))
  .filter((entries) => entries.some((entry) => entry.tickets > 0))
const seedArbitrary = fc.uint8Array({ minLength: 32, maxLength: 32 })
const settings = { seed: 20260131, numRuns: 200 }
const eligible = (entries: readonly Entry[]) => entries.filter((entry) => entry.tickets > 0).length

describe('draw', () => {
  it('draws the frozen vector', () => {
    const { winners, alternates } = draw({
      entries: [
        { id: 'alice', tickets: 5 },
        { id: 'bob', tickets: 3 },
        { id: 'carol', tickets: 1 },
        { id: 'dave', tickets: 1 },
        { id: 'erin', tickets: 0, reason: 1 },
      ],
      winnerCount: 2,
      alternateCount: 1,
      seed: '9018b1539593d796fcd2f4c09308acfd35358b30dc236abbc88fdeabef62df59',
    })
    expect(winners).toEqual([
      { rank: 1, index: 0, id: 'alice', tickets: 5, remaining: 10, r: 4 },
      { rank: 2, index: 1, id: 'bob', tickets: 3, remaining: 5, r: 2 },
    ])
    expect(alternates).toEqual([{ rank: 3, index: 3, id: 'dave', tickets: 1, remaining: 2, r: 1 }])
  })

  it('does not depend on the order or the form of the entries', () => {
    fc.assert(
      fc.property(entriesArbitrary, seedArbitrary, fc.nat(), (entries, seed, shift) => {
        const count = eligible(entries)
        const expected = draw({ entries, winnerCount: count, seed }).draws
        const turned = entries.map((_, at) => entries[(at + shift) % entries.length] as Entry).reverse()
        const columns = {
          ids: turned.map((entry) => entry.id),
          tickets: turned.map((entry) => entry.tickets),
          reasons: turned.map((entry) => entry.reason ?? 0),
        }
        expect(draw({ entries: turned, winnerCount: count, seed }).draws).toEqual(expected)
        expect(draw({ entries: columns, winnerCount: count, seed }).draws).toEqual(expected)
        expect(draw({ entries: toEntryList(turned), winnerCount: count, seed }).draws).toEqual(expected)
        expect(draw({ entries: new Set(turned), winnerCount: count, seed }).draws).toEqual(expected)
      }),
      settings,
    )
  })

  it('never draws an entry twice, nor an excluded or struck one', () => {
    fc.assert(
      fc.property(entriesArbitrary, seedArbitrary, (entries, seed) => {
        const list = toEntryList(entries)
        const struck = [...list.tickets.keys()].filter((index) => index % 3 === 0)
        const left = [...list].filter((entry, index) => entry.tickets > 0 && !struck.includes(index)).length
        fc.pre(left > 0)
        const { draws } = draw({ entries: list, winnerCount: left, seed, struck })
        expect(new Set(draws.map((drawn) => drawn.index)).size).toBe(left)
        for (const { id, index, tickets } of draws) {
          expect(struck).not.toContain(index)
          expect(list.entryAt(index)).toEqual({ id, tickets, reason: 0 })
        }
      }),
      settings,
    )
  })

  it('draws the winners of a smaller draw as the first winners of a larger one', () => {
    fc.assert(
      fc.property(entriesArbitrary, seedArbitrary, (entries, seed) => {
        const count = eligible(entries)
        fc.pre(count > 1)
        const larger = draw({ entries, winnerCount: count, seed })
        const smaller = draw({ entries, winnerCount: 1, alternateCount: count - 2, seed })
        expect(smaller.draws).toEqual(larger.draws.slice(0, -1))
        expect([...smaller.winners, ...smaller.alternates]).toEqual(smaller.draws)
      }),
      settings,
    )
  })

  it('equals the naive reference', () => {
    fc.assert(
      fc.property(entriesArbitrary, seedArbitrary, (entries, seed) => {
        const list = toEntryList(entries)
        const naive = naiveStrikeOut(list.tickets, list.eligibleCount, new SeededStream(seed))
        const { draws } = draw({ entries, winnerCount: list.eligibleCount, seed })
        expect(draws.map((drawn) => drawn.index)).toEqual([...naive.indexes])
        expect(draws.map((drawn) => drawn.remaining)).toEqual([...naive.remaining])
        expect(draws.map((drawn) => drawn.r)).toEqual([...naive.values])
        expect(draws.map((drawn) => drawn.rank)).toEqual(draws.map((_, at) => at + 1))
      }),
      settings,
    )
  })

  it('reports how many can be drawn where more were requested', () => {
    const entries = [
      { id: 'a', tickets: 1 },
      { id: 'b', tickets: 1 },
      { id: 'c', tickets: 0, reason: 2 },
    ]
    const seed = new Uint8Array(32)
    expect(() => draw({ entries, winnerCount: 2, alternateCount: 1, seed })).toThrow(
      '3 entries were requested, but only 2 can be drawn',
    )
    expect(() => draw({ entries, winnerCount: 2, seed, struck: [0] })).toThrow('only 1 can be drawn')
    expect(draw({ entries, winnerCount: 2, seed, struck: [2] }).winners).toHaveLength(2)
    expect(() => draw({ entries, winnerCount: 1, seed, struck: [3] })).toThrow(
      'there is no entry with index 3',
    )
  })

  it('reports what is wrong with the counts and the seed', () => {
    const entries = [{ id: 'a', tickets: 1 }]
    const seed = '00'.repeat(32)
    expect(() => draw({ entries, winnerCount: 0, seed })).toThrow(
      'winnerCount must be an integer of at least 1, got 0',
    )
    expect(() => draw({ entries, winnerCount: 1, alternateCount: -1, seed })).toThrow(
      'alternateCount must be an integer of at least 0, got -1',
    )
    expect(() => draw({ entries, winnerCount: 1.5, seed })).toThrow(RangeError)
    expect(() => draw({ entries, winnerCount: true as unknown as number, seed })).toThrow(TypeError)
    expect(() => draw({ entries, winnerCount: 1, seed: 'A0'.repeat(32) })).toThrow(
      'seed must be 64 lowercase hex',
    )
    expect(() => draw({ entries, winnerCount: 1, seed: new Uint8Array(16) })).toThrow(
      'seed must have 32 bytes',
    )
  })
})
