import { describe, expect, it } from 'vitest'
import { nextCancel, nextLock, nextResult, nextRules, nextWithdraw } from '../src/records/index.ts'
import type { ChainRecord } from '../src/records/record.ts'
import { verifyDraw, verifyLight } from '../src/verify/index.ts'
import { check } from './support/attack-tools.ts'
import { entrant, receiptFor } from './support/entrants.ts'
import { EventFixture, FIVE_ENTRIES, OPERATOR_SECRET, resealed } from './support/event-fixture.ts'

const at = new Date('2026-02-01T09:00:00.000Z')
const drawn = new EventFixture().lock().result()
const cancelled = new EventFixture().cancel()
const cancel = cancelled.records[1] as ChainRecord

describe('a cancelled event', () => {
  it('is verified without a list, and reported as cancelled', () => {
    const verification = verifyDraw(cancelled.transcript(), [])
    expect(verification).toMatchObject({
      ok: true,
      level: 'consistent',
      warnings: [
        {
          code: 'cancelled',
          message: 'the event was cancelled at 2026-01-31T09:01:00.000Z, nothing was drawn',
        },
      ],
      state: { cancelled: { seq: 1 }, slots: [], attempts: 0 },
    })
    expect(verifyLight(cancelled.transcript(), [])).toMatchObject({ ok: true })
  })

  it('is not verified with a list or proofs, which nothing was compared with', () => {
    const error = 'list: the event was cancelled before a lock: it has no list'
    expect(check(cancelled.transcript())).toBe(error)
    expect(verifyLight(cancelled.transcript(), [{}])).toMatchObject({ ok: false, step: 'list' })
    expect(verifyDraw(cancelled.transcript(), null as unknown as [])).toMatchObject({
      ok: false,
      step: 'list',
    })
  })

  it('can be anchored by a receipt of its own, and by its rules and head', () => {
    const anchored = (receipt: ReturnType<typeof receiptFor>) =>
      check(cancelled.transcript(), { anchors: { receipt } }, [])
    expect(anchored(receiptFor(cancelled, entrant(0)))).toBe('ok')
    expect(anchored(receiptFor(cancelled, entrant(0), { eventId: 'other' }))).toContain('another event')
    expect(anchored(receiptFor(cancelled, entrant(0), { rules: '00'.repeat(32) }))).toContain(
      'not among those',
    )
    expect(anchored(receiptFor(cancelled, entrant(0), { person: entrant(1).person }))).toContain(
      'do not lead',
    )
    const { head } = cancelled.transcript()
    expect(verifyDraw(cancelled.transcript(), [], { anchors: { head } })).toMatchObject({
      level: 'anchored',
      anchors: [{ message: 'the chain up to record 1 is the known one' }],
    })
  })

  it('reports what a receipt shows, and breaks no promise of an end', () => {
    const early = new EventFixture({ rules: { endsAt: '2026-03-01T00:00:00.000Z' } }).cancel()
    const receipt = receiptFor(early, entrant(0))
    expect(verifyDraw(early.transcript(), [], { anchors: { receipt } })).toMatchObject({
      anchors: [{ kind: 'receipt', message: 'the event of the receipt was cancelled before a lock' }],
      warnings: [{ code: 'cancelled' }],
    })
  })

  it('gets no further record of any type', () => {
    const ended = 'the event is cancelled: its chain has ended'
    const { records } = cancelled
    expect(() => nextRules(records, at, { winnerCount: 1 })).toThrow(ended)
    expect(() => nextCancel(records, at)).toThrow(ended)
    expect(() => cancelled.lock()).toThrow(ended)
    expect(() => nextWithdraw(records, at, 1, 'declined')).toThrow(ended)
    expect(() => nextResult(records, at, FIVE_ENTRIES, null)).toThrow('no attempt is open')
    for (const further of drawn.records) {
      const chain = [...records, { ...further, at: at.toISOString() }]
      expect(check(resealed(chain), {}, [])).toBe(
        `chain: record 2 (${further.type}) follows the cancellation, which ends the chain`,
      )
    }
  })

  it('is signed like any other', () => {
    expect(check(resealed(cancelled.records, new Uint8Array(32).fill(9)), {}, [])).toContain(
      "head-and-signatures: the signature of record 0 is not the operator's",
    )
    expect(check(resealed(cancelled.records, OPERATOR_SECRET), {}, [])).toBe('ok')
  })
})

describe('cancelling once the list is locked', () => {
  it('is impossible, whether the attempt is open or drawn', () => {
    expect(() => nextCancel([], at)).toThrow('an event without rules cannot be cancelled')
    expect(() => nextCancel(drawn.records.slice(0, 2), at)).toThrow('attempt 1 is open: finish it first')
    expect(() => nextCancel(drawn.records, at)).toThrow('a locked event cannot be cancelled')
    for (const length of [2, 3]) {
      const chain = [...drawn.records.slice(0, length), { ...cancel, at: at.toISOString() }]
      expect(check(resealed(chain))).toBe(
        `chain: record ${length} (cancel) comes after a lock: a locked event cannot be cancelled`,
      )
    }
  })

  it('cannot hide a draw: the lock that a page stored is missing from the chain', () => {
    const [, lock] = drawn.transcript().records
    const head = verifyDraw(drawn.transcript(), FIVE_ENTRIES, { anchors: { head: lock?.prev ?? '' } })
    expect(head).toMatchObject({ ok: true, level: 'anchored' })
    const known = drawn.transcript().records[2]?.prev ?? ''
    expect(check(cancelled.transcript(), { anchors: { lockHash: known } }, [])).toBe(
      'anchors: the known lock is not in this chain',
    )
  })
})

describe('a chain without rules', () => {
  it('cannot be cancelled', () => {
    expect(check(resealed([{ ...cancel, at: at.toISOString() }]), {}, [])).toBe(
      'chain: the first record must be rules',
    )
    expect(() => nextLock([], at, {} as Parameters<typeof nextLock>[2], null)).toThrow('without rules')
  })
})
