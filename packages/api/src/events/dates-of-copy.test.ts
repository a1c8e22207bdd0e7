import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY_MS, MINUTE_MS, seoulRecordTime } from '../seoul-time.ts'
import { datesOfCopy } from './dates-of-copy.ts'

const at = (seoul: string) => new Date(`${seoul.replace(' ', 'T')}:00+09:00`)
const dates = (startsAt: string, endsAt: string, announcementDate: string) => ({
  startsAt: at(startsAt),
  endsAt: at(endsAt),
  announcementDate: at(announcementDate),
})
const copied = (source: ReturnType<typeof dates>, now: string) => {
  const copy = datesOfCopy(source, at(now))
  return [copy.startsAt, copy.endsAt, copy.announcementDate].map((date) => seoulRecordTime(date).slice(0, 16))
}

const twoWeeks = dates('2026-12-03 10:00', '2026-12-17 21:00', '2026-12-18 14:00')
const oneDay = dates('2026-12-24 10:00', '2026-12-24 18:00', '2026-12-24 18:30')

test.each([
  ['in another month', twoWeeks, '2027-01-20 09:12', '2027-02-03 21:00', '2027-02-04 14:00'],
  ['on the last day of January', twoWeeks, '2027-01-31 23:59', '2027-02-14 21:00', '2027-02-15 14:00'],
  ['over the end of a February', twoWeeks, '2027-02-20 08:00', '2027-03-06 21:00', '2027-03-07 14:00'],
  ['over a leap day', twoWeeks, '2028-02-20 08:00', '2028-03-05 21:00', '2028-03-06 14:00'],
  ['over the end of a year', twoWeeks, '2026-12-29 08:00', '2027-01-12 21:00', '2027-01-13 14:00'],
  [
    'on a day of UTC that is another one in Seoul',
    twoWeeks,
    '2027-01-20 00:30',
    '2027-02-03 21:00',
    '2027-02-04 14:00',
  ],
  ['before the closing hour', oneDay, '2027-01-20 11:00', '2027-01-20 18:00', '2027-01-20 18:30'],
  ['shortly before the closing hour', oneDay, '2027-01-20 17:00', '2027-01-21 18:00', '2027-01-21 18:30'],
  ['after the closing hour', oneDay, '2027-01-20 20:00', '2027-01-21 18:00', '2027-01-21 18:30'],
])(
  'a copy created %s starts then and ends as many days later at the same time of day',
  (_when, source, now, end, announced) => {
    expect(copied(source, now)).toEqual([now, end, announced])
  },
)

test('any copy lasts at least half as long as its source, at most two days longer, and is announced as long after its end', () => {
  const minutes = (max: number) => fc.integer({ min: 1, max })
  fc.assert(
    fc.property(
      fc.date({ min: at('2020-01-01 00:00'), max: at('2040-01-01 00:00'), noInvalidDate: true }),
      minutes(60 * 24 * 90),
      minutes(60 * 24 * 30),
      fc.date({ min: at('2020-01-01 00:00'), max: at('2040-01-01 00:00'), noInvalidDate: true }),
      (startsAt, length, wait, now) => {
        const endsAt = new Date(startsAt.getTime() + length * MINUTE_MS)
        const announcementDate = new Date(endsAt.getTime() + wait * MINUTE_MS)
        const copy = datesOfCopy({ startsAt, endsAt, announcementDate }, now)
        const lasts = copy.endsAt.getTime() - now.getTime()
        expect(lasts).toBeGreaterThanOrEqual((length * MINUTE_MS) / 2)
        expect(lasts).toBeLessThanOrEqual(length * MINUTE_MS + 2 * DAY_MS)
        expect(copy.announcementDate.getTime() - copy.endsAt.getTime()).toBe(wait * MINUTE_MS)
        expect(Math.abs(copy.endsAt.getTime() - endsAt.getTime()) % DAY_MS).toBe(0)
      },
    ),
    { numRuns: 5_000, seed: 7 },
  )
})
