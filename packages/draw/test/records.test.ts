import { describe, expect, it } from 'vitest'
import { roundAfter } from '../src/beacon/beacon-chain.ts'
import { entryTree } from '../src/list/entry-tree.ts'
import { toEntryList } from '../src/list/index.ts'
import { emptySlots, foldRecords } from '../src/records/draw-state.ts'
import {
  firstRules,
  listSummary,
  nextLock,
  nextResult,
  nextRules,
  nextWithdraw,
} from '../src/records/index.ts'
import { recordHash } from '../src/records/record.ts'
import { EVENT_ID, EventFixture, FIVE_ENTRIES, testBeaconSignature } from './support/event-fixture.ts'

const at = new Date('2026-01-31T12:00:00.000Z')
const summary = listSummary(entryTree(toEntryList(FIVE_ENTRIES)), EVENT_ID)
const secret = '11'.repeat(32)

describe('records of an event', () => {
  it('begin with rules and form a chain', () => {
    const { records } = new EventFixture().lock().result().withdraw(1)
    expect(records.map((record) => [record.seq, record.type])).toEqual([
      [0, 'rules'],
      [1, 'lock'],
      [2, 'result'],
      [3, 'withdraw'],
    ])
    expect(records[0]?.prev).toBe('0'.repeat(64))
    for (let seq = 1; seq < 4; seq++) {
      expect(records[seq]?.prev).toBe(recordHash(records[seq - 1] as (typeof records)[0]))
    }
  })

  it('never go back in time, even where the clock does', () => {
    const { records } = new EventFixture().lock()
    const result = nextResult(records, new Date('2020-01-01T00:00:00.000Z'), FIVE_ENTRIES, null)
    expect(result.at).toBe(records[1]?.at)
  })

  it('lock the list and the counts of the rules', () => {
    const { records } = new EventFixture().lock()
    expect(records[1]).toMatchObject({
      attempt: 1,
      algorithm: 'strike-out/chacha20/1',
      entryCount: 5,
      eligibleCount: 4,
      totalTickets: 10,
      entriesRoot: '98643a88b666db6d7e2a329412ad76d0685b1975fb4f036a9aa96849167e9db0',
      winnerCount: 2,
      alternateCount: 1,
      round: null,
    })
    const beacon = new EventFixture({ rules: { beacon: 'quicknet', beaconDelay: 60 } }).lock().records[1]
    expect(beacon).toMatchObject({ round: roundAfter(Date.parse(beacon?.at ?? ''), 60) })
  })

  it('reject unknown keys and wrong values', () => {
    const {
      v: _v,
      type: _t,
      eventId: _e,
      seq: _s,
      prev: _p,
      at: _a,
      ...fields
    } = new EventFixture().records[0] as ReturnType<typeof firstRules>
    expect(() => firstRules('', at, fields)).toThrow('record.eventId must be 1 to 64 plain ASCII')
    expect(() => firstRules(EVENT_ID, at, { ...fields, beaconDelay: 14 })).toThrow(
      'record.beaconDelay must be',
    )
    expect(() => firstRules(EVENT_ID, at, { ...fields, winnerCount: 0 })).toThrow(
      'record.winnerCount must be',
    )
    expect(() => firstRules(EVENT_ID, at, { ...fields, endsAt: '2026-02-30T00:00:00.000Z' })).toThrow(
      'record.endsAt',
    )
    expect(() => firstRules(EVENT_ID, at, { ...fields, extra: 1 } as typeof fields)).toThrow(
      'unknown key: extra',
    )
    expect(firstRules(EVENT_ID, at, { ...fields, beaconDelay: 604800 }).beaconDelay).toBe(604800)
  })
})

describe('nextRules', () => {
  it('leaves all other fields as they are', () => {
    const { records } = new EventFixture()
    const amended = nextRules(records, at, { winnerCount: 3 })
    expect({ ...amended, seq: 0, prev: records[0]?.prev, at: records[0]?.at, winnerCount: 2 }).toEqual(
      records[0],
    )
  })

  it('waits for the open attempt, and needs rules to change', () => {
    expect(() => nextRules([], at, {})).toThrow('an event without rules cannot be amended')
    expect(() => nextRules(new EventFixture().lock().records, at, {})).toThrow(
      'attempt 1 is open: finish it first',
    )
  })
})

describe('nextLock', () => {
  it('rejects a second lock, and one without rules', () => {
    expect(() => nextLock([], at, summary, secret)).toThrow('an event without rules cannot be locked')
    expect(() => nextLock(new EventFixture().lock().records, at, summary, secret)).toThrow(
      'attempt 1 is open',
    )
  })

  it('reports both numbers where there are too few entries', () => {
    const many = new EventFixture({ rules: { winnerCount: 5, alternateCount: 0 } })
    expect(() => many.lock()).toThrow('5 entries are to be drawn, but only 4 can be')
    const later = new EventFixture({ rules: { winnerCount: 3, alternateCount: 0 } }).lock().result()
    later.withdraw(1).withdraw(2)
    expect(() => later.lock()).toThrow('2 entries are to be drawn, but only 1 can be')
  })

  it('draws as many alternates as are left after the winners', () => {
    const alternates = (winnerCount: number, alternateCount: number) =>
      new EventFixture({ rules: { winnerCount, alternateCount } }).lock().records[1]
    expect(alternates(3, 2)).toMatchObject({ winnerCount: 3, alternateCount: 1 })
    expect(alternates(3, 1)).toMatchObject({ winnerCount: 3, alternateCount: 1 })
    expect(alternates(4, 9)).toMatchObject({ winnerCount: 4, alternateCount: 0 })
    expect(alternates(2, 1)).toMatchObject({ winnerCount: 2, alternateCount: 1 })
  })

  it('rejects another list in a later attempt', () => {
    const { records } = new EventFixture({ rules: { alternateCount: 0 } }).lock().result().withdraw(1)
    for (const change of [
      { entryCount: 6 },
      { eligibleCount: 5 },
      { totalTickets: 11 },
      { entriesRoot: secret },
    ]) {
      expect(() => nextLock(records, at, { ...summary, ...change }, secret)).toThrow(
        'from the list of the first',
      )
    }
    expect(nextLock(records, at, summary, secret)).toMatchObject({
      attempt: 2,
      winnerCount: 1,
      alternateCount: 0,
    })
  })

  it('needs the secret where there is no beacon', () => {
    expect(() => nextLock(new EventFixture().records, at, summary, null)).toThrow('without the secret')
    const { records } = new EventFixture({ rules: { beacon: 'quicknet' } })
    expect(nextLock(records, at, summary, null).serverSeed).toBeNull()
  })

  it('allows a lock at the very end of the event', () => {
    const { records } = new EventFixture({ rules: { endsAt: '2026-01-31T12:00:00.000Z' } })
    expect(nextLock(records, at, summary, secret).at).toBe('2026-01-31T12:00:00.000Z')
    expect(() => nextLock(records, new Date(at.getTime() - 1), summary, secret)).toThrow('amend them before')
  })
})

describe('nextResult', () => {
  it('is a function of lock, list and round: any worker gets the same', () => {
    const { records } = new EventFixture({ rules: { beacon: 'quicknet' } }).lock()
    const lock = records[1]
    const signature = testBeaconSignature(lock?.type === 'lock' ? (lock.round ?? 0) : 0)
    const [one, two] = [at, new Date('2026-03-01T00:00:00.000Z')].map((time) =>
      nextResult(records, time, FIVE_ENTRIES, signature),
    )
    expect({ ...two, at: one?.at }).toEqual(one)
  })

  it('needs an open attempt, and a signature exactly where there is a round', () => {
    expect(() => nextResult(new EventFixture().records, at, FIVE_ENTRIES, null)).toThrow('no attempt is open')
    expect(() => nextResult(new EventFixture().lock().records, at, FIVE_ENTRIES, '11'.repeat(48))).toThrow(
      'has no beacon',
    )
    const { records } = new EventFixture({ rules: { beacon: 'quicknet' } }).lock()
    expect(() => nextResult(records, at, FIVE_ENTRIES, null)).toThrow(
      /^the signature of round [0-9]+ is missing$/,
    )
  })
})

describe('nextWithdraw and foldRecords', () => {
  it('promote the waiting in order, then leave slots empty for the next attempt', () => {
    const event = new EventFixture({ rules: { winnerCount: 2, alternateCount: 1 } }).lock().result()
    expect(foldRecords(event.records).waiting.map((drawn) => drawn.rank)).toEqual([3])
    event.withdraw(2).withdraw(1)
    const after = foldRecords(event.records)
    expect(after.slots.map((holder) => holder?.draw.rank ?? null)).toEqual([null, 3])
    expect([emptySlots(after), after.waiting]).toEqual([[1], []])
    event.lock().result()
    const last = foldRecords(event.records)
    expect(last.slots.map((holder) => [holder?.attempt, holder?.draw.rank])).toEqual([
      [2, 1],
      [1, 3],
    ])
    expect(last.withdrawals.map(({ seq, slot, holder }) => [seq, slot, holder.draw.rank])).toEqual([
      [3, 2, 2],
      [4, 1, 1],
    ])
    expect(new Set(last.drawnIndexes).size).toBe(4)
  })

  it('wait for the open attempt, and need a holder in the slot', () => {
    const event = new EventFixture({ rules: { alternateCount: 0 } }).lock().result().withdraw(1)
    expect(() => nextWithdraw(event.records, at, 1, 'declined')).toThrow('slot 1 has no holder')
    expect(() => nextWithdraw(event.records, at, 3, 'declined')).toThrow('slot 3 has no holder')
    expect(() => nextWithdraw(event.lock().records, at, 2, 'declined')).toThrow(
      'attempt 2 is open: finish it first',
    )
    expect(() => nextWithdraw([], at, 1, 'declined')).toThrow('slot 1 has no holder')
  })

  it('return the state of an event before anything is drawn', () => {
    const event = new EventFixture()
    expect(foldRecords(event.records)).toMatchObject({
      attempts: 0,
      slots: [],
      openLock: null,
      firstLock: null,
    })
    expect(foldRecords(event.lock().records)).toMatchObject({
      attempts: 1,
      openLock: event.records[1],
      lockedRules: event.records[0],
    })
    expect(foldRecords(event.result().records).openLock).toBeNull()
  })
})
