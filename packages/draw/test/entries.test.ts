import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Entry, type EntryInput, EntryListBuilder, toEntryList } from '../src/list/index.ts'

const idArbitrary = fc.stringMatching(/^[A-Za-z0-9_.@+:-]{1,64}$/)

describe('toEntryList', () => {
  it('orders ids by their ASCII bytes, and finds each of them', () => {
    fc.assert(
      fc.property(fc.uniqueArray(idArbitrary, { minLength: 1, maxLength: 80 }), (ids) => {
        const list = toEntryList(ids.map((id, at) => ({ id, tickets: at + 1 })))
        const ordered = [...ids].sort()
        expect([...list].map((entry) => entry.id)).toEqual(ordered)
        expect(list.size).toBe(ids.length)
        ordered.forEach((id, index) => {
          expect(list.indexOf(id)).toBe(index)
          expect(list.entryAt(index)).toEqual({ id, tickets: ids.indexOf(id) + 1, reason: 0 })
        })
        expect(list.indexOf('not/an/id')).toBe(-1)
      }),
      { seed: 20260131, numRuns: 100 },
    )
  })

  it('sorts byte by byte: upper case, underscore, lower case; a prefix before longer ids', () => {
    const ids = ['a', 'B', '_', 'aa', '-', '0', ':', '@', 'Z', '.', '+']
    const list = toEntryList(ids.map((id) => ({ id, tickets: 1 })))
    expect([...list].map((entry) => entry.id).join(' ')).toBe('+ - . 0 : @ B Z _ a aa')
  })

  it('counts tickets and eligible entries, whatever the order of arrival', () => {
    const entries = [
      { id: 'b', tickets: 4 },
      { id: 'c', tickets: 0, reason: 3 },
      { id: 'a', tickets: 2 },
    ]
    for (const input of [
      entries,
      [...entries].reverse(),
      [...entries].sort((x, y) => (x.id < y.id ? -1 : 1)),
    ]) {
      expect(toEntryList(input)).toMatchObject({ size: 3, totalTickets: 6, eligibleCount: 2 })
    }
  })

  it('returns a list as it is', () => {
    const list = toEntryList([{ id: 'a', tickets: 1 }])
    expect(toEntryList(list)).toBe(list)
  })

  it('rejects a duplicate id, sorted or not', () => {
    const twice = (ids: string[]) => () => toEntryList(ids.map((id) => ({ id, tickets: 1 })))
    expect(twice(['a', 'b', 'b'])).toThrow('entry "b": this id is in the list twice')
    expect(twice(['b', 'a', 'b'])).toThrow('entry "b": this id is in the list twice')
  })

  const rejected: [string, unknown, string][] = [
    ['no id', { tickets: 1 }, 'entry 0: id must be a string, got undefined'],
    ['a number as id', { id: 5, tickets: 1 }, 'entry 0: id must be a string, got number'],
    ['an empty id', { id: '', tickets: 1 }, 'id must have 1 to 64 characters, got 0'],
    ['a long id', { id: 'x'.repeat(65), tickets: 1 }, 'id must have 1 to 64 characters, got 65'],
    ['a space in an id', { id: 'a b', tickets: 1 }, 'entry "a b": id may hold'],
    ['a letter beyond ASCII', { id: 'é', tickets: 1 }, 'entry "é": id may hold'],
    ['no tickets', { id: 'a' }, 'entry "a": tickets must be a number, got undefined'],
    ['null tickets', { id: 'a', tickets: null }, 'entry "a": tickets must be a number, got null'],
    ['boolean tickets', { id: 'a', tickets: true }, 'entry "a": tickets must be a number, got boolean'],
    ['tickets as text', { id: 'a', tickets: '1' }, 'entry "a": tickets must be a number, got string'],
    [
      'fractional tickets',
      { id: 'a', tickets: 1.5 },
      'entry "a": tickets must be an integer from 0 to 2^53 - 1, got 1.5',
    ],
    ['negative tickets', { id: 'a', tickets: -1 }, 'got -1'],
    ['no number', { id: 'a', tickets: Number.NaN }, 'got NaN'],
    ['tickets of 2^53', { id: 'a', tickets: 2 ** 53 }, 'tickets must be an integer from 0 to 2^53 - 1'],
    [
      'eligible without tickets',
      { id: 'a', tickets: 0 },
      'entry "a": takes part (reason 0), so it must have at least 1',
    ],
    [
      'excluded with tickets',
      { id: 'a', tickets: 2, reason: 1 },
      'entry "a": is excluded (reason 1), so it must have 0',
    ],
    [
      'an unknown reason',
      { id: 'a', tickets: 0, reason: 8 },
      'entry "a": reason must be an integer from 0 to 7, got 8',
    ],
    [
      'a negative reason',
      { id: 'a', tickets: 0, reason: -1 },
      'reason must be an integer from 0 to 7, got -1',
    ],
    ['a fractional reason', { id: 'a', tickets: 0, reason: 0.5 }, 'reason must be an integer from 0 to 7'],
    [
      'a reason as text',
      { id: 'a', tickets: 0, reason: '1' },
      'entry "a": reason must be a number, got string',
    ],
    ['no entry', null, 'entry 0 must be an object {id, tickets, reason}'],
    ['text', 'a', 'entry 0 must be an object {id, tickets, reason}'],
  ]
  it.each(rejected)('rejects %s', (_, entry, message) => {
    expect(() => toEntryList([entry as Entry])).toThrow(message)
  })

  it('accepts all maximums: 64 characters, 2^53 - 1 tickets, reason 7', () => {
    const id = 'x'.repeat(64)
    expect(toEntryList([{ id, tickets: 2 ** 53 - 1 }]).entryAt(0)).toEqual({
      id,
      tickets: 2 ** 53 - 1,
      reason: 0,
    })
    const list = toEntryList([
      { id, tickets: 1 },
      { id: 'y', tickets: 0, reason: 7 },
    ])
    expect(list.entryAt(1)).toEqual({ id: 'y', tickets: 0, reason: 7 })
  })

  it('rejects a total above 2^53 - 1, and a list without tickets', () => {
    const entries = [
      { id: 'a', tickets: 2 ** 53 - 1 },
      { id: 'b', tickets: 1 },
    ]
    expect(() => toEntryList(entries)).toThrow('entry "b": with it the tickets add up to more than 2^53 - 1')
    expect(() => toEntryList([])).toThrow('no entry has a ticket')
    expect(() => toEntryList([{ id: 'a', tickets: 0, reason: 1 }])).toThrow('no entry has a ticket')
  })

  it('rejects values that are not a list, and columns of different lengths', () => {
    for (const input of [null, undefined, 5, 'abc', {}]) {
      expect(() => toEntryList(input as unknown as EntryInput)).toThrow(TypeError)
    }
    expect(() => toEntryList({ ids: ['a'], tickets: [1, 2] })).toThrow('must have the same length')
    expect(() => toEntryList({ ids: ['a'], tickets: [1], reasons: [] })).toThrow('must have the same length')
    expect(toEntryList({ ids: ['a'], tickets: Uint8Array.of(3) }).entryAt(0)).toEqual({
      id: 'a',
      tickets: 3,
      reason: 0,
    })
  })

  it('has no entry beyond its ends', () => {
    const list = toEntryList([{ id: 'a', tickets: 1 }])
    for (const index of [-1, 1, 0.5])
      expect(() => list.idAt(index)).toThrow(`there is no entry with index ${index}`)
  })
})

describe('EntryListBuilder', () => {
  it('grows from empty, in and out of order', () => {
    for (const step of [1, 997]) {
      const builder = new EntryListBuilder()
      for (let at = 0; at < 1000; at++) builder.add(String((at * step) % 1000).padStart(64, '0'), 1)
      const list = builder.build()
      expect(builder.size).toBe(1000)
      expect([list.idAt(0), list.idAt(999)]).toEqual(['0'.repeat(64), '999'.padStart(64, '0')])
      expect(list.indexOf('500'.padStart(64, '0'))).toBe(500)
    }
  })

  it('builds once', () => {
    const builder = new EntryListBuilder(1)
    builder.add('a', 1)
    builder.build()
    expect(() => builder.build()).toThrow('the list is already built')
    expect(() => builder.add('b', 1)).toThrow('the list is already built')
  })

  it('accepts ids as ASCII bytes, and reports what is wrong with them', () => {
    const bytes = (text: string) => Buffer.from(text, 'latin1')
    const builder = new EntryListBuilder()
    builder.addBytes(bytes('b'.repeat(64)), 2)
    builder.addBytes(bytes('a'), 0, 3)
    expect(() => builder.addBytes(bytes('a b'), 1)).toThrow('entry "a b": id may hold')
    expect(() => builder.addBytes(bytes('\xe9'), 1)).toThrow('entry "\xe9": id may hold')
    expect(() => builder.addBytes(bytes(''), 1)).toThrow('entry "": id must have 1 to 64 characters, got 0')
    expect(() => builder.addBytes(bytes('x'.repeat(65)), 1)).toThrow(
      'id must have 1 to 64 characters, got 65',
    )
    expect(() => builder.addBytes(bytes('c'), 0)).toThrow(
      'entry "c": takes part (reason 0), so it must have at least 1',
    )
    expect(() => builder.addBytes(bytes('c'), 2 ** 53 - 1)).toThrow(
      'entry "c": with it the tickets add up to more than',
    )
    expect([...builder.build()]).toEqual([
      { id: 'a', tickets: 0, reason: 3 },
      { id: 'b'.repeat(64), tickets: 2, reason: 0 },
    ])
  })

  it('ignores a rejected entry, and accepts the next', () => {
    const builder = new EntryListBuilder()
    builder.add('a', 1)
    expect(() => builder.add('ab cd', 1)).toThrow(RangeError)
    expect(() => builder.add('b', 2 ** 53 - 1)).toThrow(RangeError)
    builder.add('b', 2)
    const list = builder.build()
    expect([...list].map((entry) => entry.id)).toEqual(['a', 'b'])
    expect([list.totalTickets, list.eligibleCount]).toEqual([3, 2])
  })
})
