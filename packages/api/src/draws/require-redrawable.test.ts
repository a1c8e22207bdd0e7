import { expect, test } from 'vitest'
import { MAX_REDRAWN, requireRedrawable } from './require-redrawable.ts'

const state = (drawn: number, attempts = 2) => ({
  firstLock: { winnerCount: 10_000, alternateCount: 0, eligibleCount: 1_000_000 } as never,
  attempts,
  drawnIndexes: Array<number>(drawn).fill(0),
})

test('the redraws of an event draw 10,000 entries in all, in addition to the first draw', () => {
  expect(MAX_REDRAWN).toBe(10_000)
  requireRedrawable(state(10_000), 10_000)
  requireRedrawable(state(19_000), 1_000)
  expect(() => requireRedrawable(state(19_000), 1_001)).toThrow(
    expect.objectContaining({ code: 'CONFLICT', details: { reason: 'redraws-used-up' } }),
  )
})

test('alternates that move up are never too many', () => {
  requireRedrawable(state(20_000, 256), 0)
})

test('after 256 attempts nothing is drawn any more', () => {
  expect(() => requireRedrawable(state(10_000, 256), 1)).toThrow(
    expect.objectContaining({ details: { reason: 'attempts-used-up' } }),
  )
})
