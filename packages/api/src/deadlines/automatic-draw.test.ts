import { expect, test } from 'vitest'
import { automaticDrawAt, earliestAnnouncement } from './automatic-draw.ts'

const endsAt = new Date('2026-12-06T12:00:00Z')

test('an automatic draw starts a minute after entries close', () => {
  expect(automaticDrawAt({ endsAt, drawsAutomatically: true })).toEqual(new Date('2026-12-06T12:01:00Z'))
  expect(automaticDrawAt({ endsAt, drawsAutomatically: false })).toBeNull()
})

test('the announcement lies five minutes and the beacon’s delay after an automatic draw', () => {
  const event = { endsAt, beaconDelay: 30 }
  expect(earliestAnnouncement({ ...event, drawsAutomatically: true })).toEqual(
    new Date('2026-12-06T12:06:30Z'),
  )
  expect(earliestAnnouncement({ ...event, drawsAutomatically: false })).toEqual(endsAt)
})
