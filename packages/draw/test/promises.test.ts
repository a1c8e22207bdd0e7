import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { entryTree } from '../src/list/entry-tree.ts'
import { toEntryList } from '../src/list/index.ts'
import { inclusionProof } from '../src/receipts/inclusion-proof.ts'
import { foldRecords } from '../src/records/draw-state.ts'
import {
  firstRules,
  listSummary,
  nextLock,
  nextRules,
  nextWithdraw,
  nextWithdrawals,
  type RulesFields,
  WITHDRAW_REASONS,
} from '../src/records/index.ts'
import { type ChainRecord, type RulesRecord, recordHash } from '../src/records/record.ts'
import { verifyDraw, verifyLight } from '../src/verify/index.ts'
import { check, rewritten } from './support/attack-tools.ts'
import { entrant, receiptFor } from './support/entrants.ts'
import { EVENT_ID, EventFixture, FIVE_ENTRIES } from './support/event-fixture.ts'

const at = new Date('2026-02-01T09:00:00.000Z')
const oneOrTwo = FIVE_ENTRIES.map((entry) => ({ ...entry, tickets: Math.min(entry.tickets, 2) }))
const warningsOf = (event: EventFixture, entries: readonly object[] = FIVE_ENTRIES) => {
  const verification = verifyDraw(event.transcript(), entries as typeof FIVE_ENTRIES)
  return verification.ok ? verification.warnings.map(({ message }) => message) : [verification.error]
}

describe('a visit bonus that the rules leave to the draw', () => {
  const rules = { visitBonus: null }

  it('is none or one ticket, and the lock says which', () => {
    const undecided = new EventFixture({ entries: oneOrTwo, rules })
    expect(() => undecided.lock()).toThrow('the rules leave the visit bonus to the lock: 0 or 1')
    const event = undecided.lock({ visitBonus: 1 }).result()
    expect(event.records[1]).toMatchObject({ visitBonus: 1 })
    expect(check(event.transcript(), {}, oneOrTwo)).toBe('ok')
    expect(warningsOf(event, oneOrTwo)).toContain(
      'the rules left the visit bonus to the draw, which gave 1 more tickets for a visit',
    )
    expect(check(rewritten(event.records, 1, { visitBonus: 0 }), {}, oneOrTwo)).toBe(
      'list: entry "alice" has 2 tickets, but the visit bonus gives 1 or 1',
    )
    for (const visitBonus of [2, 'per-entry']) {
      expect(check(rewritten(event.records, 1, { visitBonus }), {}, oneOrTwo)).toBe(
        `rules: lock 1 has visitBonus ${visitBonus}, but the rules leave only 0 or 1 to it`,
      )
    }
  })

  it('cannot be decided against the rules, or again in a later attempt', () => {
    const fixed = new EventFixture({ entries: oneOrTwo, rules: { visitBonus: 1, alternateCount: 0 } })
    expect(() => fixed.lock({ visitBonus: 0 })).toThrow('the rules have decided the visit bonus already')
    fixed.lock().result().withdraw(1)
    expect(() => fixed.lock({ visitBonus: 0 })).toThrow('the first lock has decided the visit bonus already')
    fixed.lock().result()
    expect(check(fixed.transcript(), {}, oneOrTwo)).toBe('ok')
    expect(warningsOf(fixed, oneOrTwo).join()).not.toContain('visit bonus')
    expect(check(rewritten(fixed.records, 1, { visitBonus: 0 }), {}, oneOrTwo)).toBe(
      'rules: lock 1 has visitBonus 0, but the rules say 1',
    )
    expect(check(rewritten(fixed.records, 4, { visitBonus: 0 }), {}, oneOrTwo)).toBe(
      'rules: lock 2 has visitBonus 0, but lock 1 has 1',
    )
  })

  it('counts for the receipt of a visit', () => {
    const people = FIVE_ENTRIES.map((_, index) => entrant(index))
    const entries = people.map(({ id }, index) => ({ id, tickets: index === 0 ? 2 : 1, reason: 0 }))
    const event = new EventFixture({ entries, rules }).lock({ visitBonus: 1 }).result()
    const visited = (index: number) => receiptFor(event, entrant(index), { visited: 1, n: 1 })
    expect(check(event.transcript(), { anchors: { receipt: visited(0) } }, entries)).toBe('ok')
    expect(check(event.transcript(), { anchors: { receipt: visited(1) } }, entries)).toBe(
      'anchors: the receipt shows a visit, which gives 2 tickets, but the list has 1',
    )
  })
})

describe('counts', () => {
  it('allow 10,000 winners and alternates taken together, and no more', () => {
    const { records } = new EventFixture()
    expect(nextRules(records, at, { winnerCount: 9_999 }).winnerCount).toBe(9_999)
    expect(() => nextRules(records, at, { winnerCount: 10_000 })).toThrow(
      'at most 10000 winners and alternates',
    )
    expect(() => nextRules(records, at, { winnerCount: 10_001 })).toThrow('record.winnerCount must be')
    const { v: _v, type: _t, eventId: _e, seq: _s, prev: _p, at: _a, ...fields } = records[0] as RulesRecord
    const both: RulesFields = { ...fields, winnerCount: 5_000, alternateCount: 5_001 }
    expect(() => firstRules(EVENT_ID, at, both)).toThrow('not 10001')
    const drawn = new EventFixture().lock().result()
    expect(check(rewritten(drawn.records, 0, { alternateCount: 9_999 }))).toBe(
      'rules: record 0 (rules): at most 10000 winners and alternates may be drawn, not 10001',
    )
  })

  it('may promise more alternates than entries: the lock draws all that are left, and the reader is told', () => {
    const event = new EventFixture({ rules: { winnerCount: 2, alternateCount: 50 } }).lock().result()
    expect(event.records[1]).toMatchObject({ winnerCount: 2, alternateCount: 2 })
    expect(check(event.transcript())).toBe('ok')
    expect(warningsOf(event)).toContain('the rules promised 50 alternates, but only 2 entries were left')
    expect(check(rewritten(event.records, 1, { alternateCount: 1 }))).toBe(
      'rules: lock 1 has alternateCount 1, but rules and entries give 2',
    )
    expect(warningsOf(new EventFixture().lock().result()).join()).not.toContain('alternates')
  })
})

describe('the time of an automatic draw', () => {
  it('is the earliest time of the lock, unless the rules are amended in public', () => {
    const event = new EventFixture({ rules: { drawAt: '2026-03-01T00:00:00.000Z' } })
    expect(() => event.lock()).toThrow('the rules say that the draw is at 2026-03-01T00:00:00.000Z')
    event.amend({ drawAt: null }).lock().result()
    expect(check(event.transcript())).toBe('ok')
    expect(warningsOf(event)).toContain(
      `the list was locked at ${event.records[2]?.at}, but the rules had promised that the draw is at 2026-03-01T00:00:00.000Z`,
    )
    const due = new EventFixture({ rules: { drawAt: '2026-01-31T09:01:00.000Z' } }).lock().result()
    expect(check(due.transcript())).toBe('ok')
    expect(warningsOf(due).join()).not.toContain('promised')
  })
})

describe('months to sit out', () => {
  it('never change after publication', () => {
    const event = new EventFixture().amend({ claimDays: 3 }).lock().result()
    expect(check(event.transcript())).toBe('ok')
    expect(check(rewritten(event.records, 1, { sitOutMonths: 3 }))).toBe(
      'rules: record 1 (rules): the rules must never change sitOutMonths',
    )
  })
})

describe('public reasons', () => {
  it('of a withdrawal never accuse a person', () => {
    expect(WITHDRAW_REASONS).toEqual(['unreachable', 'deadline', 'declined', 'ineligible', 'withdrawn'])
    const event = new EventFixture().lock().result()
    for (const reason of WITHDRAW_REASONS)
      expect(nextWithdraw(event.records, at, 1, reason)).toMatchObject({ reason })
    for (const reason of ['fraud', 'duplicate', 'other', 'unreachable ', '']) {
      expect(() => nextWithdraw(event.records, at, 1, reason as 'declined')).toThrow('record.reason must be')
      const { records } = new EventFixture().lock().result().withdraw(1)
      const accusing = { ...records[3], reason }
      expect(check({ ...event.transcript(), records: records.with(3, accusing as ChainRecord) })).toMatch(
        /^shapes: transcript.records\[3\].reason/,
      )
    }
  })

  it('of an exclusion are never the reserved ones', () => {
    for (const reason of [6, 7]) {
      const entries = FIVE_ENTRIES.map((entry) => ({ ...entry, reason: entry.reason && reason }))
      expect(() => new EventFixture({ entries }).lock()).toThrow('entry "erin" has a reserved reason')
      const event = new EventFixture().lock().result()
      expect(check(event.transcript(), {}, entries)).toBe('list: entry "erin" has a reserved reason')
      const tree = entryTree(toEntryList(entries))
      const { entriesRoot } = { entriesRoot: tree.root(EVENT_ID) }
      const proofs = entries.map((_, index) => inclusionProof(tree, index))
      const light = verifyLight(rewritten(event.records, 1, { entriesRoot }), proofs)
      expect(light).toMatchObject({ step: 'list', error: 'entry "erin" has a reserved reason' })
    }
    const ineligible = FIVE_ENTRIES.map((entry) => ({ ...entry, reason: entry.reason && 5 }))
    expect(listSummary(entryTree(toEntryList(ineligible)), EVENT_ID).entryCount).toBe(5)
  })
})

/** One withdrawal as it was made before: the whole chain is folded for each. */
function formerWithdraw(records: readonly ChainRecord[], slot: number) {
  const last = records.at(-1) as ChainRecord
  return {
    v: 'eungmo-draw/1',
    eventId: EVENT_ID,
    seq: records.length,
    prev: recordHash(last),
    at: at.toISOString(),
    type: 'withdraw',
    slot,
    reason: 'unreachable',
    filledBy: foldRecords(records).waiting[0]?.rank ?? null,
  } as const
}

const each = <Reason>(slots: readonly number[], reason: Reason) => slots.map((slot) => ({ slot, reason }))

describe('many withdrawals', () => {
  it('are the same as one after the other, for any slots, alternates and attempts', () => {
    const entries = Array.from({ length: 30 }, (_, index) => ({ id: `e${index}`, tickets: 1 + (index % 3) }))
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 10 }),
        fc.array(fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 8 }), { minLength: 1, maxLength: 3 }),
        (winnerCount, alternateCount, rounds) => {
          const event = new EventFixture({ entries, rules: { winnerCount, alternateCount } }).lock().result()
          event.at(at.toISOString())
          for (const requested of rounds) {
            // a slot may be emptied twice while alternates wait: the promoted one is withdrawn as well
            let waiting = foldRecords(event.records).waiting.length
            const full = new Set(
              foldRecords(event.records).slots.flatMap((holder, index) => (holder ? [index + 1] : [])),
            )
            const slots = requested.filter((slot) => {
              if (!full.has(slot)) return false
              if (waiting-- <= 0) full.delete(slot)
              return true
            })
            const expected: ChainRecord[] = []
            for (const slot of slots) expected.push(formerWithdraw([...event.records, ...expected], slot))
            expect(nextWithdrawals(event.records, at, each(slots, 'unreachable'))).toEqual(expected)
            event.records.push(...expected)
          }
        },
      ),
      { numRuns: 60, seed: 11 },
    )
  })

  it('of which one has no holder are rejected as a whole', () => {
    const event = new EventFixture({ rules: { alternateCount: 0 } }).lock().result()
    expect(() => nextWithdrawals(event.records, at, each([1, 1], 'declined'))).toThrow('slot 1 has no holder')
    expect(nextWithdrawals(event.records, at, [])).toEqual([])
    expect(event.records).toHaveLength(3)
  })

  it('fold the chain once, however many they are', {
    timeout: 20_000,
  }, () => {
    const entries = Array.from({ length: 10_000 }, (_, index) => ({ id: `e${index}`, tickets: 1 }))
    const rules = { winnerCount: 5_000, alternateCount: 5_000 }
    const event = new EventFixture({ entries, rules }).lock().result()
    const slots = Array.from({ length: 5_000 }, (_, index) => index + 1)
    let folds = 0
    const counted = Object.assign([...event.records], {
      [Symbol.iterator]() {
        folds++
        return event.records.values()
      },
    })
    const last = nextWithdrawals(counted, at, each(slots, 'deadline')).at(-1)
    expect(folds).toBe(1)
    expect(last).toMatchObject({ seq: 5_002, slot: 5_000, filledBy: 10_000 })
  })
})

it('locks take the rules in force at the lock', () => {
  const { records } = new EventFixture().amend({ visitBonus: null })
  const summary = listSummary(entryTree(toEntryList(oneOrTwo)), EVENT_ID)
  expect(nextLock(records, at, summary, '11'.repeat(32), 0).visitBonus).toBe(0)
})
