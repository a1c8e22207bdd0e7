import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY_MS, HOUR_MS } from '../seoul-time.ts'
import { countContacts, daysLeft, type SlotProgress, winnerState, withdrawalBar } from './winner-state.ts'

fc.configureGlobal({ seed: 20261126 })

/** Midnight in Seoul. */
const START_MS = Date.parse('2026-12-24T00:00:00+09:00')
const at = (days: number, hours = 0) => new Date(START_MS + days * DAY_MS + hours * HOUR_MS).toISOString()
const contacts = (...instants: string[]) => instants.map((instant) => ({ at: instant }))

const winner = (change: Partial<SlotProgress> = {}): SlotProgress => ({
  standing: 'selected',
  reason: null,
  notifiedAt: null,
  selectedAt: at(0),
  claimUntil: at(14),
  claimedAt: null,
  handedOverAt: null,
  contacts: [],
  ...change,
})

describe('the state of a winner', () => {
  test.each([
    ['uncontacted', winner(), 13],
    ['contacted', winner({ contacts: contacts(at(1)) }), 13],
    ['contacted', winner({ notifiedAt: at(1) }), 13],
    ['confirmed', winner({ claimedAt: at(2) }), 13],
    ['confirmed', winner({ claimedAt: at(2) }), 15],
    ['handed-over', winner({ claimedAt: at(2), handedOverAt: at(3) }), 15],
    ['handed-over', winner({ handedOverAt: at(3) }), 15],
    ['expired', winner(), 14],
    ['expired', winner({ contacts: contacts(at(1)) }), 14],
    ['expired', winner({ standing: 'withdrawn', reason: 'deadline' }), 15],
    ['declined', winner({ standing: 'withdrawn', reason: 'declined', claimedAt: at(1) }), 2],
    ['withdrawn', winner({ standing: 'withdrawn', reason: 'unreachable' }), 2],
    ['withdrawn', winner({ standing: 'withdrawn', reason: null }), 2],
  ] as const)('%s', (state, progress, day) => {
    expect(winnerState(progress, at(day))).toBe(state)
  })

  test('days left are counted by the calendar of Seoul', () => {
    const until = at(14, 14)
    expect(daysLeft(until, at(0, 23.9))).toBe(14)
    expect(daysLeft(until, at(1))).toBe(13)
    expect(daysLeft(until, at(14, 13))).toBe(0)
    expect(daysLeft(until, at(20))).toBe(0)
  })
})

describe('withdrawing a winner', () => {
  test('for a missed deadline waits for the end of the claim period, and never meets who confirmed', () => {
    expect(withdrawalBar(winner(), 'deadline', at(13, 23.99))).toBe('claim-open')
    expect(withdrawalBar(winner(), 'deadline', at(14))).toBeNull()
    expect(withdrawalBar(winner({ claimedAt: at(1) }), 'deadline', at(20))).toBe('confirmed')
  })

  test.each([
    ['none', [], false],
    ['two on two days', [at(1), at(2)], false],
    ['three on one day', [at(1), at(1, 5), at(1, 23.9)], false],
    ['three, the last a minute into the next day', [at(1), at(1, 5), at(2, 0.02)], true],
    ['one before the winner was selected', [at(-1), at(1), at(2)], false],
    ['four on four days', [at(1), at(2), at(3), at(4)], true],
  ])('as unreachable takes three attempts on two days: %s', (_, instants, isPossible) => {
    const bar = withdrawalBar(winner({ contacts: contacts(...instants) }), 'unreachable', at(5))
    expect(bar).toBe(isPossible ? null : 'too-few-contacts')
  })

  test('as unreachable counts from the confirmation of a winner who was reached', () => {
    const reached = winner({ claimedAt: at(3), contacts: contacts(at(1), at(2), at(2.5), at(4)) })
    expect(countContacts(reached)).toEqual({ attempts: 1, days: 1 })
    expect(withdrawalBar(reached, 'unreachable', at(20))).toBe('too-few-contacts')
  })

  test('for another reason is possible at once, and for no reason once the prize is handed over', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('declined', 'ineligible', 'withdrawn', 'deadline', 'unreachable'),
        (reason) => {
          const early = withdrawalBar(winner(), reason, at(0))
          expect(early === null).toBe(!['deadline', 'unreachable'].includes(reason))
          expect(withdrawalBar(winner({ handedOverAt: at(1) }), reason, at(20))).toBe('handed-over')
        },
      ),
    )
  })
})
