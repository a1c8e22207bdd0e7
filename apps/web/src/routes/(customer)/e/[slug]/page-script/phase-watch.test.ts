import { expect, test } from 'vitest'
import { nextLook } from './phase-watch.ts'

const PHONES = 10_000
const HOUR_MS = 3_600_000

test('10,000 phones that wait for the same start look within eight seconds after it, and no second gets a rush', () => {
  const perSecond = new Map<number, number>()
  for (let phone = 0; phone < PHONES; phone++) {
    const delay = nextLook(60_000, phone / PHONES)
    expect(delay).toBeGreaterThanOrEqual(60_000)
    const second = Math.floor((delay - 60_000) / 1_000)
    perSecond.set(second, (perSecond.get(second) ?? 0) + 1)
  }
  expect(Math.max(...perSecond.keys())).toBeLessThan(8)
  expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(PHONES / 8 + 1)
})

test('a page that has turned into nothing else yet looks again after 15 seconds or more', () => {
  expect(nextLook(0, 0)).toBeGreaterThanOrEqual(15_000)
  expect(nextLook(-HOUR_MS, 0.5)).toBeGreaterThan(15_000)
})

test('a start that is days away is looked up hourly, since its owner may move it', () => {
  expect(nextLook(100 * 24 * HOUR_MS, 1)).toBe(HOUR_MS)
})
