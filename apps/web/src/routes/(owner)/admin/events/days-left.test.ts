import { expect, it } from 'vitest'
import { daysLeft } from './days-left.ts'

it('counts calendar days of Korea', () => {
  expect(daysLeft('2026-12-20T18:00:00+09:00', '2026-12-20T00:01:00+09:00')).toBe(0)
  expect(daysLeft('2026-12-20T00:30:00+09:00', '2026-12-19T23:50:00+09:00')).toBe(1)
  expect(daysLeft('2026-12-20T00:30:00+09:00', '2026-11-22T12:00:00+09:00')).toBe(28)
})
