import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY_MS, seoulParts } from '../seoul-time.ts'
import { addSeoulMonths, sitsOut } from './sit-out.ts'

fc.configureGlobal({ seed: 20261126 })

const moment = fc.date({
  min: new Date('2026-01-01T00:00:00Z'),
  max: new Date('2037-12-31T23:59:59.999Z'),
  noInvalidDate: true,
})
const months = fc.integer({ min: 0, max: 3 })

describe('addSeoulMonths', () => {
  test.each([
    ['2026-11-30T05:00:00.000Z', 3, '2027-02-28T05:00:00.000Z'],
    ['2027-11-30T05:00:00.000Z', 3, '2028-02-29T05:00:00.000Z'],
    ['2027-01-31T14:59:59.999Z', 1, '2027-02-28T14:59:59.999Z'],
    // 1 February in Seoul, while it is still January in UTC.
    ['2027-01-31T15:00:00.000Z', 1, '2027-02-28T15:00:00.000Z'],
    ['2026-12-31T15:30:00.000Z', 2, '2027-02-28T15:30:00.000Z'],
    ['2026-10-15T03:00:00.000Z', 3, '2027-01-15T03:00:00.000Z'],
    ['2026-10-15T03:00:00.000Z', 0, '2026-10-15T03:00:00.000Z'],
  ])('%s and %i months are %s', (from, count, to) => {
    expect(addSeoulMonths(new Date(from), count).toISOString()).toBe(to)
  })

  test('is the same time of day, and the same day or the last one of the month', () => {
    fc.assert(
      fc.property(moment, months, (from, count) => {
        const [start, end] = [seoulParts(from), seoulParts(addSeoulMonths(from, count))]
        expect([end.hour, end.minute, end.second]).toEqual([start.hour, start.minute, start.second])
        expect(end.year * 12 + end.month).toBe(start.year * 12 + start.month + count)
        const next = seoulParts(addSeoulMonths(from, count).getTime() + DAY_MS)
        if (end.day !== start.day) expect([end.day < start.day, next.day]).toEqual([true, 1])
      }),
    )
  })

  test('never moves a later moment before an earlier one', () => {
    fc.assert(
      fc.property(moment, moment, months, (a, b, count) => {
        const [first, second] = a <= b ? [a, b] : [b, a]
        // 30 and 31 January both end on 28 February, in the order of their times of day at most.
        const difference = addSeoulMonths(second, count).getTime() - addSeoulMonths(first, count).getTime()
        expect(difference).toBeGreaterThan(-DAY_MS)
      }),
    )
  })

  test.each(['Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Seoul'])('is the same in %s', (zone) => {
    const before = process.env.TZ
    process.env.TZ = zone
    try {
      expect(addSeoulMonths(new Date('2027-01-30T20:00:00Z'), 1)).toEqual(new Date('2027-02-27T20:00:00Z'))
    } finally {
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    }
  })
})

describe('sitsOut', () => {
  const announcementDate = new Date('2026-11-30T05:00:00Z')
  const at = (iso: string, earlierMonths: number, laterMonths: number) =>
    sitsOut(
      { announcementDate, sitOutMonths: earlierMonths },
      { sitOutMonths: laterMonths, closesAt: new Date(iso) },
    )

  test('counts from the announcement to the close, without the last moment', () => {
    expect(at('2026-11-30T04:59:59.999Z', 1, 1)).toBe(false)
    expect(at('2026-11-30T05:00:00.000Z', 1, 1)).toBe(true)
    expect(at('2026-12-30T04:59:59.999Z', 1, 1)).toBe(true)
    expect(at('2026-12-30T05:00:00.000Z', 1, 1)).toBe(false)
  })

  test('is the shorter of both periods, and nothing where either event has none', () => {
    const inJanuary = '2027-01-10T00:00:00Z'
    expect(at(inJanuary, 2, 3)).toBe(true)
    expect(at(inJanuary, 3, 2)).toBe(true)
    expect(at(inJanuary, 1, 3)).toBe(false)
    expect(at(inJanuary, 3, 1)).toBe(false)
    fc.assert(fc.property(months, moment, (n, when) => !at(when.toISOString(), 0, n)))
    fc.assert(fc.property(months, moment, (n, when) => !at(when.toISOString(), n, 0)))
  })
})
