import { expect, it } from 'vitest'
import { fromSeoulInput, toSeoulInput } from './seoul-input.ts'

it('shows a moment on Korea’s clock and reads it back', () => {
  expect(toSeoulInput('2026-12-31T15:30:00Z')).toBe('2027-01-01T00:30')
  const iso = fromSeoulInput('2027-01-01T00:30')
  expect(new Date(iso ?? '').toISOString()).toBe('2026-12-31T15:30:00.000Z')
})

it.each(['', '2026-12-31', '2026-13-31T10:00'])('finds no moment in %j', (value) => {
  expect(fromSeoulInput(value)).toBeNull()
})
