import { expect, test } from 'vitest'
import { maxAlternates, proposedAlternates } from './alternates.ts'

test.each([
  [1, 2],
  [2, 2],
  [3, 3],
  [5_000, 5_000],
  [9_999, 1],
  [10_000, 0],
])('the form proposes for %i winners %i alternates', (winners, alternates) => {
  expect(proposedAlternates(winners)).toBe(alternates)
})

test('winners and alternates are at most 10,000 together', () => {
  expect(maxAlternates(1)).toBe(9_999)
  expect(maxAlternates(10_001)).toBe(0)
})
