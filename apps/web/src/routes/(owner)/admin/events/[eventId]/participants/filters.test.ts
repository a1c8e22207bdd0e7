import { expect, test } from 'vitest'
import { type Filters, filterQuery, readFilters } from './filters.ts'

const read = (query: string) => readFilters(new URLSearchParams(query))

test.each<[string, Filters]>([
  ['', {}],
  ['visited=true&withdrawn=true', { visited: true, withdrawn: true }],
  ['entryPath=SNS&isWinner=true&excluded=true', { entryPath: 'SNS', isWinner: true, excluded: true }],
  ['from=2026-11-20&to=2026-11-26', { from: '2026-11-20', to: '2026-11-26' }],
  ['from=2026-11-20', { from: '2026-11-20' }],
])('%j holds %j, and is the address of it', (query, filters) => {
  expect(read(query)).toEqual(filters)
  expect(read(filterQuery(filters))).toEqual(filters)
})

test('days in the wrong order are put in order', () =>
  expect(read('from=2026-11-26&to=2026-11-20')).toEqual({ from: '2026-11-20', to: '2026-11-26' }))

test.each([
  'visited=false',
  'visited=',
  'from=2026-02-30',
  'from=2026-11-26T00:00:00',
  'from=1999-12-31',
  'to=10000-01-01',
  'to=yesterday',
  'entryPath=',
  `entryPath=${'가'.repeat(101)}`,
  'q=김하늘',
])('%j filters by nothing', (query) => expect(read(query)).toEqual({}))

test('the name of an entry path is compared in NFC', () =>
  expect(read(new URLSearchParams({ entryPath: '우리동네TV'.normalize('NFD') }).toString())).toEqual({
    entryPath: '우리동네TV',
  }))

test('the same filters have the same address, in whatever order they were chosen', () =>
  expect(filterQuery({ to: '2026-11-26', visited: true, entryPath: 'SNS' })).toBe(
    filterQuery({ entryPath: 'SNS', visited: true, to: '2026-11-26' }),
  ))
