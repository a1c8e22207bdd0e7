import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EntryCsvReader, entriesCsv, parseEntriesCsv } from '../src/list/entry-csv.ts'
import { toEntryList } from '../src/list/index.ts'

describe('parseEntriesCsv', () => {
  it('reads ids alone, with a ticket each', () => {
    expect([...parseEntriesCsv('id\nbob\nalice\n')]).toEqual([
      { id: 'alice', tickets: 1, reason: 0 },
      { id: 'bob', tickets: 1, reason: 0 },
    ])
  })

  it('reads columns in any order, a byte order mark, CRLF, and a last line without a line end', () => {
    expect([...parseEntriesCsv('\uFEFFreason,id,tickets\r\n0,alice,5\r\n1,erin,0')]).toEqual([
      { id: 'alice', tickets: 5, reason: 0 },
      { id: 'erin', tickets: 0, reason: 1 },
    ])
    expect([...parseEntriesCsv('id,reason\nalice,0\nerin,2')]).toEqual([
      { id: 'alice', tickets: 1, reason: 0 },
      { id: 'erin', tickets: 0, reason: 2 },
    ])
  })

  const rejected: [string, string][] = [
    ['', 'the file is empty'],
    ['\n', 'the first line must be id, or id,tickets,reason'],
    ['name\nalice', 'the first line must be id, or id,tickets,reason; got: name'],
    ['tickets\n5', 'the first line must be'],
    ['id,id\na,b', 'the first line must be'],
    ['id,tickets,\na,1,', 'the first line must be'],
    ['id', 'no entry has a ticket'],
    ['id,tickets\nalice', 'line 2 must have 2 fields (id,tickets), got: alice'],
    ['id\nalice,5', 'line 2 must have 1 fields (id), got: alice,5'],
    ['id\nalice\n\nbob', 'line 3: entry ""'],
    ['id\nalice\n\n', 'line 3: entry ""'],
    ['id\n"alice"', 'line 2: entry ""alice"": id may hold'],
    ['id\nalice ', 'line 2: entry "alice ": id may hold'],
    ['id,tickets\nalice,05', 'line 2: tickets must be an integer in plain digits, got: 05'],
    ['id,tickets\nalice,1e3', 'line 2: tickets must be an integer in plain digits'],
    ['id,tickets\nalice,+5', 'line 2: tickets must be an integer in plain digits'],
    ['id,tickets\nalice,5.0', 'line 2: tickets must be an integer in plain digits'],
    ['id,tickets\nalice, 5', 'line 2: tickets must be an integer in plain digits'],
    ['id,tickets\nalice,', 'line 2: tickets must be an integer in plain digits'],
    [
      'id,tickets\nalice,9007199254740992',
      'line 2: entry "alice": tickets must be an integer from 0 to 2^53 - 1',
    ],
    ['id,tickets,reason\nalice,1,9', 'line 2: entry "alice": reason must be an integer from 0 to 7'],
    ['id\nalice\nalice', 'entry "alice": this id is in the list twice'],
  ]
  it.each(rejected)('rejects %j', (text, message) => {
    expect(() => parseEntriesCsv(text)).toThrow(message)
  })
})

describe('entriesCsv', () => {
  it('parses to the same list, in pieces of any size', () => {
    const entries = fc.uniqueArray(
      fc.record({
        id: fc.stringMatching(/^[A-Za-z0-9_.@+:-]{1,20}$/),
        tickets: fc.integer({ min: 0, max: 2 ** 53 - 1 }),
      }),
      { selector: (entry) => entry.id, minLength: 1, maxLength: 30 },
    )
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 40 }), (input, cut) => {
        const list = toEntryList([
          { id: '-', tickets: 1 },
          ...input
            .filter((entry) => entry.id !== '-')
            .map(({ id, tickets }) => ({
              id,
              tickets: tickets % 1000,
              reason: tickets % 1000 === 0 ? 5 : 0,
            })),
        ])
        const text = [...entriesCsv(list)].join('')
        const reader = new EntryCsvReader(list.size)
        for (let at = 0; at < text.length; at += cut) reader.push(text.slice(at, at + cut))
        expect([...reader.finish()]).toEqual([...list])
        expect(reader.size).toBe(list.size)
      }),
      { seed: 20260131, numRuns: 50 },
    )
  })

  it('yields long lists in pieces, without an empty one at the end', () => {
    const list = toEntryList(Array.from({ length: 8192 }, (_, at) => ({ id: `e${at}`, tickets: 1 })))
    const pieces = [...entriesCsv(list)]
    expect(pieces).toHaveLength(2)
    expect(pieces[0]?.startsWith('id,tickets,reason\ne0,1,0\ne1,1,0\ne10,1,0\n')).toBe(true)
    expect(parseEntriesCsv(pieces.join('')).size).toBe(8192)
  })
})
