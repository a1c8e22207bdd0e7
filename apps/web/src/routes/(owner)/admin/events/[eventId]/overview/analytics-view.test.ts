import { expect, test } from 'vitest'
import { dayBars, hourBars, roundTop } from './analytics-view.ts'

const hourly = [
  { hour: '2026-11-21T14:00:00Z', count: 3 },
  { hour: '2026-11-21T15:00:00Z', count: 5 },
  { hour: '2026-11-22T02:00:00Z', count: 7 },
]

test('hours without entries count 0, and the last bar is the current hour', () => {
  const bars = hourBars(hourly, Date.parse('2026-11-22T02:40:00Z'), 24)
  expect(bars).toHaveLength(24)
  expect(bars.at(-1)).toEqual({ at: Date.parse('2026-11-22T02:00:00Z'), count: 7 })
  expect(bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(15)
})

test('a day ends at midnight in Korea', () => {
  const bars = dayBars(hourly, Date.parse('2026-11-20T03:00:00Z'), Date.parse('2026-11-22T02:40:00Z'), 30)
  expect(bars.map((bar) => bar.count)).toEqual([0, 3, 12])
})

test('the top of the scale is a round even number', () => {
  expect([0, 3, 5, 7, 11, 41, 99, 420].map(roundTop)).toEqual([4, 4, 6, 8, 20, 50, 100, 500])
})
