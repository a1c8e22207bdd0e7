import { describe, expect, it } from 'vitest'
import { draw } from '../src/draw.ts'
import { drawSeed } from '../src/records/draw-seed.ts'
import type { LockRecord, ResultRecord, RulesRecord } from '../src/records/record.ts'
import { createSeedChain } from '../src/records/seed-chain.ts'
import { verifyDraw } from '../src/verify/index.ts'
import { check, ROUND_123, rewritten } from './support/attack-tools.ts'
import {
  EVENT_ID,
  EventFixture,
  FIVE_ENTRIES,
  LAST_SECRET,
  resealed,
  TEST_CHAIN,
} from './support/event-fixture.ts'

describe('silent re-runs, second locks, two audiences', () => {
  const event = new EventFixture({ rules: { alternateCount: 0 } }).lock().result()

  it('are rejected: a second lock before the result', () => {
    const [rules, lock, result] = event.records as [RulesRecord, LockRecord, ResultRecord]
    expect(check(resealed([rules, lock, { ...lock, attempt: 2 }, result]))).toBe(
      'chain: record 2 (lock) follows a lock: one attempt at a time, and its result comes first',
    )
    expect(check(resealed([rules, lock, result, { ...result, attempt: 1 }]))).toBe(
      'chain: record 3 (result) does not follow a lock',
    )
  })

  it('are rejected: another attempt while every slot is held', () => {
    const [, lock, result] = event.records as [RulesRecord, LockRecord, ResultRecord]
    const chain = createSeedChain(EVENT_ID, LAST_SECRET, 4)
    const again: LockRecord = {
      ...lock,
      at: result.at,
      attempt: 2,
      winnerCount: 1,
      serverSeed: chain.secretFor(2),
    }
    const seed = drawSeed({ ...again, beacon: null })
    const struck = result.draws.map((drawn) => drawn.index)
    const { draws } = draw({ entries: FIVE_ENTRIES, winnerCount: 1, seed, struck })
    expect(check(resealed([...event.records, again, { ...result, attempt: 2, seed, draws }]))).toBe(
      'vacancies: attempt 2: no slot is empty, so nothing may be drawn',
    )
  })

  it('are rejected: an attempt numbered 1 again, or one that skips a number', () => {
    const [rules, lock, result] = event.records as [RulesRecord, LockRecord, ResultRecord]
    expect(check(resealed([rules, lock, result, { ...lock, at: result.at }, result]))).toBe(
      'chain: record 3 (lock) names attempt 1, expected 2',
    )
    expect(check(rewritten(event.records, 1, { attempt: 2 }))).toBe(
      'chain: record 1 (lock) names attempt 2, expected 1',
    )
    expect(check(rewritten(event.records, 2, { attempt: 2 }))).toBe(
      'chain: record 2 (result) names attempt 2, expected 1',
    )
  })

  it('for two audiences show two heads: a stored one is not in the other chain', () => {
    const other = new EventFixture({ rules: { alternateCount: 0 }, start: '2026-01-31T09:00:01.000Z' })
      .lock()
      .result()
    const { head } = event.transcript()
    expect(check(other.transcript(), { anchors: { head } })).toBe(
      'anchors: the known head is not in this chain',
    )
  })

  it('cannot mix the records of two events', () => {
    const other = rewritten(event.records, 1, { eventId: 'other' })
    expect(check(other)).toBe('chain: record 1 (lock) belongs to another event')
  })
})

describe('downgrades and amended rules', () => {
  it('rejects quicknet that becomes none', () => {
    const event = new EventFixture({ rules: { beacon: 'quicknet' } })
    expect(() => event.amend({ beacon: 'none' })).toThrow('must never go from quicknet to none')
    event
      .amend({ textHash: '11'.repeat(32) })
      .lock()
      .result()
    expect(check(rewritten(event.records, 1, { beacon: 'none' }), { chain: TEST_CHAIN })).toBe(
      'rules: record 1 (rules): the rules must never go from quicknet to none',
    )
  })

  it('rejects a lock without its round, and a round without a beacon', () => {
    const event = new EventFixture({ rules: { beacon: 'quicknet' } }).lock().result()
    expect(check(rewritten(event.records, 1, { round: null }), { chain: TEST_CHAIN })).toContain(
      'round: lock 1 names round none',
    )
    expect(check(rewritten(event.records, 2, { signature: null }), { chain: TEST_CHAIN })).toContain(
      'lacks the signature of round',
    )
    const none = new EventFixture().lock().result()
    expect(check(rewritten(none.records, 1, { round: 5 }))).toBe(
      'round: lock 1 names round 5, but its time and rules give none',
    )
    expect(check(rewritten(none.records, 2, { signature: ROUND_123.signature }))).toBe(
      'signature: result 1 has a signature and no beacon',
    )
  })

  it('shows amended rules and an early close', () => {
    const event = new EventFixture({ rules: { endsAt: '2026-02-28T00:00:00.000Z' } })
    expect(() => event.lock()).toThrow('the rules say that the event ends at 2026-02-28T00:00:00.000Z')
    event.amend({ winnerCount: 3, alternateCount: 0, endsAt: '2026-01-31T09:00:00.000Z' }).lock().result()
    const verification = verifyDraw(event.transcript(), FIVE_ENTRIES)
    const codes = verification.ok ? verification.warnings.map((warning) => warning.code) : []
    expect(codes).toEqual(expect.arrayContaining(['rules-amended', 'early-close', 'exclusions', 'no-beacon']))
    const message = verification.ok ? verification.warnings.map((warning) => warning.message).join('\n') : ''
    expect(message).toContain('winnerCount from 2 to 3, alternateCount from 1 to 0, endsAt from 2026-02-28')
    expect(message).toContain('the rules had promised that the event ends at 2026-02-28T00:00:00.000Z')
  })

  it('rejects counts other than those in the rules, and changes after the first lock', () => {
    const event = new EventFixture().lock().result().amend({ beacon: 'quicknet' })
    expect(check(rewritten(event.records, 1, { winnerCount: 1 }))).toBe(
      'rules: lock 1 has winnerCount 1, but the rules say 2',
    )
    expect(check(rewritten(event.records, 1, { alternateCount: 2 }))).toBe(
      'rules: lock 1 has alternateCount 2, but rules and entries give 1',
    )
    expect(check(event.transcript())).toBe('ok')
    for (const change of [
      { winnerCount: 3 },
      { visitBonus: 1 },
      { visitProof: 'rotating' },
      { drawAt: '2026-02-01T00:00:00.000Z' },
      { claimDays: 3 },
      { textHash: null },
      { beaconDelay: 60 },
      { endsAt: null, alternateCount: 0 },
    ] as const) {
      const [key] = Object.keys(change).slice(-1)
      expect(check(rewritten(event.records, 3, change))).toBe(
        `rules: record 3 (rules): the rules must not change ${key} after the first lock`,
      )
      expect(() => event.amend(change)).toThrow('after the first lock')
    }
    expect(check(rewritten(event.records, 3, { operatorKey: '11'.repeat(32) }))).toContain(
      'must never change operatorKey',
    )
  })

  it('rejects numbers of tickets that the rules do not allow', () => {
    const event = new EventFixture({ rules: { visitBonus: 4 } }).lock().result()
    expect(check(event.transcript())).toBe(
      'list: entry "bob" has 3 tickets, but the visit bonus gives 1 or 5',
    )
  })
})
