import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY_MS } from '../seoul-time.ts'
import {
  type DatedEvent,
  deadlines,
  destroyedAt,
  holderClaimUntil,
  MAX_CLAIM_DAYS,
  MIN_CLAIM_DAYS,
  type PromisedText,
  participantDeadlines,
  type Standing,
} from './deadlines.ts'

fc.configureGlobal({ seed: 20261126 })

const START_MS = Date.UTC(2026, 11, 1)
const date = fc.integer({ min: 0, max: 300 * 24 }).map((hours) => new Date(START_MS + hours * (DAY_MS / 24)))
const claimDays = fc.integer({ min: MIN_CLAIM_DAYS, max: MAX_CLAIM_DAYS })
const standing = fc.constantFrom<Standing>('other', 'alternate', 'selected', 'withdrawn')
const daysAfter = (from: Date, days: number) => new Date(from.getTime() + days * DAY_MS)

/** Announcements as an owner moved them; each is a version of the text. */
const moved = fc.record({
  announcements: fc.array(date, { minLength: 1, maxLength: 5 }),
  claimDays,
  cancelledAt: fc.option(date),
})

interface Moved {
  announcements: Date[]
  claimDays: number
  cancelledAt: Date | null
}

function eventOf({ announcements, claimDays: days, cancelledAt }: Moved) {
  const texts = announcements.map((announcementDate, at): PromisedText => {
    const { othersUntil, winnersUntil } = deadlines({ announcementDate, claimDays: days })
    return { version: at + 1, othersUntil, winnersUntil }
  })
  const announcementDate = announcements.at(-1) ?? new Date(START_MS)
  return { announcementDate, claimDays: days, cancelledAt, texts } satisfies DatedEvent
}

describe('deadlines', () => {
  test('others: announcement, claim period and 7 days; winners: announcement and 90 days', () => {
    const announcementDate = new Date('2026-12-20T09:00:00Z')
    expect(deadlines({ announcementDate, claimDays: 14 })).toEqual({
      claimUntil: new Date('2027-01-03T09:00:00Z'),
      othersUntil: new Date('2027-01-10T09:00:00Z'),
      winnersUntil: new Date('2027-03-20T09:00:00Z'),
      cancelledUntil: null,
    })
  })

  test('a moved announcement never extends the period of anybody who entered before', () => {
    fc.assert(
      fc.property(moved, standing, (input, who) => {
        const event = eventOf({ ...input, cancelledAt: null })
        for (const { version } of event.texts) {
          const at = destroyedAt(participantDeadlines(event, version), who)
          const won = who === 'alternate' || who === 'selected'
          for (const later of event.texts.filter((text) => text.version >= version))
            expect(at.getTime()).toBeLessThanOrEqual((won ? later.winnersUntil : later.othersUntil).getTime())
        }
      }),
    )
  })

  test('a participant under two text versions has the shortest period of both, and no shorter one', () => {
    fc.assert(
      fc.property(moved, standing, (input, who) => {
        const event = eventOf({ ...input, cancelledAt: null })
        for (const { version } of event.texts) {
          const at = destroyedAt(participantDeadlines(event, version), who)
          const key = who === 'alternate' || who === 'selected' ? 'winnersUntil' : 'othersUntil'
          const shown = event.texts
            .filter((text) => text.version >= version)
            .map((text) => text[key].getTime())
          expect(at.getTime()).toBe(Math.min(...shown))
        }
      }),
    )
  })

  test('a cancelled event ends 7 days after the cancellation for everybody, never after the promise', () => {
    fc.assert(
      fc.property(moved, date, standing, (input, cancelledAt, who) => {
        const event = eventOf({ ...input, cancelledAt })
        for (const { version } of event.texts) {
          const dates = participantDeadlines(event, version)
          const at = destroyedAt(dates, who)
          expect(at.getTime()).toBe(
            Math.min(daysAfter(cancelledAt, 7).getTime(), dates.othersUntil.getTime()),
          )
        }
      }),
    )
  })

  test('an event that was never drawn and is cancelled at the promised date is destroyed at that date', () => {
    fc.assert(
      fc.property(moved, standing, (input, who) => {
        const undrawn = eventOf({ ...input, cancelledAt: null })
        const { othersUntil } = deadlines(undrawn)
        expect(destroyedAt(deadlines({ ...undrawn, cancelledAt: othersUntil }), who)).toEqual(othersUntil)
      }),
    )
  })

  test('a redraw in the claim period finds everybody who has not won, and a promoted alternate may claim', () => {
    fc.assert(
      fc.property(date, claimDays, fc.integer({ min: 0, max: 120 }), (announcementDate, days, late) => {
        const event = { announcementDate, claimDays: days }
        const { claimUntil, othersUntil, winnersUntil } = deadlines(event)
        expect(othersUntil.getTime()).toBeGreaterThan(claimUntil.getTime())
        const promotedAt = daysAfter(announcementDate, late)
        const until = holderClaimUntil(event, promotedAt)
        expect(until.getTime()).toBe(Math.min(daysAfter(promotedAt, days).getTime(), winnersUntil.getTime()))
      }),
    )
  })

  test('a winner who was drawn before the announcement may claim from the announcement on', () => {
    const announcementDate = new Date(START_MS)
    expect(holderClaimUntil({ announcementDate, claimDays: 30 }, daysAfter(announcementDate, -9))).toEqual(
      daysAfter(announcementDate, 30),
    )
  })
})
