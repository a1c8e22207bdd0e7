import { expect, test } from 'vitest'
import { fromDateTimeInput, toDateTimeInput } from './date-time-input.ts'

test('a date field shows a moment on Korea’s clock, and its value is read back', () => {
  expect(toDateTimeInput('2026-12-31T15:30:00Z')).toBe('2027-01-01T00:30')
  const iso = fromDateTimeInput('2027-01-01T00:30')
  expect(new Date(iso ?? '').toISOString()).toBe('2026-12-31T15:30:00.000Z')
})

test.each(['', '2026-12-31', '2026-13-31T10:00'])('%j in a date field is no moment', (value) => {
  expect(fromDateTimeInput(value)).toBeNull()
})
