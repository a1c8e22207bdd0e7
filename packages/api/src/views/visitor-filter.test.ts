import { expect, test } from 'vitest'
import { createVisitorFilter, MAX_VISITORS_PER_DAY } from './visitor-filter.ts'

const HOUR_MS = 3_600_000
/** 20 December 2026, 23:30 in Seoul. */
const EVENING = Date.parse('2026-12-20T14:30:00Z')

function createFilter() {
  let full = 0
  const filter = createVisitorFilter({ onFull: () => full++ })
  return { ...filter, timesFull: () => full }
}

test('a visitor is new once a day', () => {
  const { isNew } = createFilter()
  expect([isNew('a', EVENING), isNew('b', EVENING), isNew('a', EVENING + 1)]).toEqual([true, true, false])
})

test('midnight in Seoul, and not in UTC, begins a day in which everybody is new', () => {
  const { isNew } = createFilter()
  expect(isNew('a', EVENING)).toBe(true)
  expect(isNew('a', EVENING + HOUR_MS / 2 - 1)).toBe(false)
  expect(isNew('a', EVENING + HOUR_MS / 2)).toBe(true)
  expect(isNew('a', EVENING + 10 * HOUR_MS)).toBe(false)
})

test('a clock that is set back a day begins a day as well, and does not stop the counting', () => {
  const { isNew } = createFilter()
  expect(isNew('a', EVENING)).toBe(true)
  expect(isNew('a', EVENING - 48 * HOUR_MS)).toBe(true)
  expect(isNew('a', EVENING - 48 * HOUR_MS)).toBe(false)
})

test('the salt of one day finds nobody in the next', () => {
  const days = 200
  const { isNew } = createFilter()
  const counted = Array.from({ length: days }, (_, day) => isNew('a', EVENING + day * 24 * HOUR_MS))
  expect(counted).not.toContain(false)
})

test('up to a million visitors at most one of 400 is missed, and further ones are not counted', () => {
  const { isNew, timesFull } = createFilter()
  let seen = 0
  let counted = 0
  while (timesFull() === 0) if (isNew(`visitor ${seen++}`, EVENING)) counted++
  expect(counted).toBe(MAX_VISITORS_PER_DAY)
  expect((seen - counted) / seen).toBeLessThan(1 / 400)
  for (let more = 0; more < 1_000; more++) expect(isNew(`more ${more}`, EVENING)).toBe(false)
  expect(timesFull()).toBe(1)
  expect(isNew('more 1', EVENING + HOUR_MS)).toBe(true)
})
