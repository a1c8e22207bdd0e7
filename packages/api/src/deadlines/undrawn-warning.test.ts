import { expect, test } from 'vitest'
import { DAY_MS } from '../seoul-time.ts'
import { undrawnWarning } from './undrawn-warning.ts'

const announcementDate = new Date('2026-12-24T05:00:00Z')
const inDays = (days: number) => new Date(announcementDate.getTime() + days * DAY_MS)
const at = (days: number, status = 'published') => ({
  status,
  announcementDate,
  claimDays: 14,
  now: inDays(days),
})

test('an undrawn event is warned about from its announcement on, and more urgently in the last 7 days', () => {
  const cancelsAt = inDays(21)
  expect(undrawnWarning(at(-0.01), [])).toBeNull()
  expect(undrawnWarning(at(0), [])).toEqual({ cancelsAt, isSoon: false })
  expect(undrawnWarning(at(13.99), [])).toEqual({ cancelsAt, isSoon: false })
  expect(undrawnWarning(at(14), [])).toEqual({ cancelsAt, isSoon: true })
  expect(undrawnWarning(at(22), [])).toEqual({ cancelsAt, isSoon: true })
})

test('an announcement that moved close to what entrants were promised is warned about before it comes', () => {
  const texts = [{ othersUntil: inDays(2), winnersUntil: inDays(71) }]
  expect(undrawnWarning(at(-5.01), texts)).toBeNull()
  expect(undrawnWarning(at(-5), texts)).toEqual({ cancelsAt: inDays(2), isSoon: true })
})

test('no other event is warned about', () => {
  for (const status of ['draft', 'locked', 'drawn', 'cancelled'])
    expect(undrawnWarning(at(20, status), [])).toBeNull()
})
