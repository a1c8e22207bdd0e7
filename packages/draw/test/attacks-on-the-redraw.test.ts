import { describe, expect, it } from 'vitest'
import { draw } from '../src/draw.ts'
import { entryId, personHash } from '../src/list/entry-id.ts'
import { verifyDraw } from '../src/verify/index.ts'
import { check, recordOf, rewritten } from './support/attack-tools.ts'
import { EVENT_ID, EventFixture, FIVE_ENTRIES } from './support/event-fixture.ts'

describe('choosing whom to withdraw or promote', () => {
  it('rejects a redraw while an alternate waits', () => {
    const event = new EventFixture().lock().result().withdraw(1)
    expect(event.records.at(-1)).toMatchObject({ slot: 1, filledBy: 3 })
    expect(() => event.lock()).toThrow('no slot is empty, so nothing may be drawn')
    expect(check(rewritten(event.records, 3, { filledBy: null }))).toBe(
      'vacancies: slot 1 must be filled by rank 3, the lowest that waits, not by none',
    )
  })

  it('rejects the promotion of any but the lowest waiting rank, and of a rank that does not wait', () => {
    const event = new EventFixture({ rules: { winnerCount: 1, alternateCount: 3 } })
      .lock()
      .result()
      .withdraw(1)
      .withdraw(1)
    expect(check(event.transcript())).toBe('ok')
    expect(check(rewritten(event.records, 3, { filledBy: 3 }))).toBe(
      'vacancies: slot 1 must be filled by rank 2, the lowest that waits, not by 3',
    )
    expect(check(rewritten(event.records, 4, { filledBy: 2 }))).toContain('must be filled by rank 3')
    event.withdraw(1).withdraw(1)
    expect(check(rewritten(event.records, 6, { filledBy: 2 }))).toBe(
      'vacancies: slot 1 was filled by rank 2, but no rank is waiting',
    )
  })

  it('rejects a withdrawal from an empty slot, and from one that does not exist', () => {
    const event = new EventFixture({ rules: { alternateCount: 0 } }).lock().result().withdraw(1).withdraw(2)
    expect(check(rewritten(event.records, 4, { slot: 1 }))).toBe('vacancies: slot 1 is empty already')
    expect(check(rewritten(event.records, 4, { slot: 3 }))).toBe('vacancies: there is no prize slot 3')
    expect(() => event.withdraw(1)).toThrow('slot 1 has no holder')
  })

  it('rejects a redraw for other slots than the empty ones, with alternates, or from another list', () => {
    const event = new EventFixture({ rules: { alternateCount: 0 } })
      .lock()
      .result()
      .withdraw(1)
      .lock()
      .result()
    const { seq } = recordOf(event.records, 'lock', 1)
    const result = recordOf(event.records, 'result', 1)
    const again = draw({
      entries: FIVE_ENTRIES,
      winnerCount: 2,
      seed: result.seed,
      struck: recordOf(event.records, 'result').draws.map((drawn) => drawn.index),
    })
    const records = event.records.with(result.seq, { ...result, draws: again.draws })
    for (const counts of [{ winnerCount: 2 }, { alternateCount: 1 }]) {
      expect(check(rewritten(records, seq, counts))).toContain(
        'vacancies: attempt 2 must draw for the 1 empty slots and without alternates',
      )
    }
    expect(check(rewritten(event.records, seq, { totalTickets: 11 }))).toBe(
      'list: lock 2 has totalTickets 11, but the list has 10',
    )
  })

  it('shows every withdrawal and attempt', () => {
    const event = new EventFixture().lock().result().withdraw(2, 'deadline').withdraw(1).lock().result()
    const verification = verifyDraw(event.transcript(), FIVE_ENTRIES)
    expect(verification).toMatchObject({
      ok: true,
      state: {
        attempts: 2,
        withdrawals: [
          { slot: 2, reason: 'deadline', filledBy: 3 },
          { slot: 1, reason: 'unreachable', filledBy: null },
        ],
      },
    })
    expect(verification.ok && verification.warnings.map((warning) => warning.message)).toContain(
      '2 attempts were drawn',
    )
  })

  it('cannot use the identity of an alternate: an opening comes with the promotion', () => {
    const person = personHash(new Uint8Array(16), '+821012345678')
    const id = entryId(EVENT_ID, 'A1', person)
    const opening = { applicationNumber: 'A1', person: Buffer.from(person).toString('hex') }
    const entries = [
      { id, tickets: 1, reason: 0 },
      { id: 'zz', tickets: 2 ** 40, reason: 0 },
    ]
    const event = new EventFixture({ entries, rules: { winnerCount: 1, alternateCount: 1 } }).lock().result()
    const openings = [{ index: 0, ...opening }]
    expect(check(event.transcript(openings), {}, entries)).toBe(
      'openings: the opening of entry 0 belongs to no winner',
    )
    event.withdraw(1)
    expect(check(event.transcript(openings), {}, entries)).toBe('ok')
    expect(check(event.transcript([...openings, ...openings]), {}, entries)).toBe(
      'openings: entry 0 is opened twice',
    )
    expect(check(event.transcript([{ index: 1, ...opening }]), {}, entries)).toBe(
      'openings: the opening of entry 1 does not lead to its id',
    )
  })
})
