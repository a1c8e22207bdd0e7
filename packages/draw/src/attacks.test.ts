import { describe, expect, it } from 'vitest'
import {
  EVENT_ID,
  EventFixture,
  FIVE_ENTRIES,
  LAST_SECRET,
  OPERATOR_SECRET,
  QUICKNET_ROUNDS,
  resealed,
  TEST_CHAIN,
  testBeaconSignature,
} from '../test/event-fixture.ts'
import { secondEncodings } from '../test/second-encodings.ts'
import { draw } from './draw.ts'
import { drawSeed } from './draw-seed.ts'
import { entryId, personHash } from './entry-id.ts'
import { isReceiptOf, signReceipt } from './receipt.ts'
import {
  type EventRecord,
  type LockRecord,
  type ResultRecord,
  type RulesRecord,
  recordHash,
} from './records.ts'
import { createSeedChain } from './seed-chain.ts'
import { operatorKeyOf } from './signature.ts'
import type { Transcript } from './transcript.ts'
import { type Verification, type VerifyOptions, verifyDraw } from './verify.ts'

const [ROUND_123, ROUND_1000] = QUICKNET_ROUNDS

function found(verification: Verification): string {
  return verification.ok ? 'ok' : `${verification.step}: ${verification.fault}`
}

function check(
  transcript: unknown,
  options?: VerifyOptions,
  entries: readonly object[] = FIVE_ENTRIES,
): string {
  return found(verifyDraw(transcript, entries as typeof FIVE_ENTRIES, options))
}

function recordOf<Type extends EventRecord['type']>(records: readonly EventRecord[], type: Type, nth = 0) {
  return records.filter((record) => record.type === type)[nth] as Extract<EventRecord, { type: Type }>
}

/** The records with one of them changed and nothing else: links, hashes and signatures are made anew. */
function rewritten(records: readonly EventRecord[], seq: number, change: object): Transcript {
  return resealed(
    records.map((record, at) => (at === seq ? ({ ...record, ...change } as EventRecord) : record)),
  )
}

function quicknetEvent(): EventFixture {
  return new EventFixture({
    start: '2023-08-23T15:00:00.000Z',
    quicknet: true,
    rules: { beacon: 'quicknet' },
  })
    .at(ROUND_123.lockAt)
    .lock()
    .result()
}

describe('late fake entries, edits and backdated locks', () => {
  const kept = new EventFixture().lock().result()
  const withFake = [...FIVE_ENTRIES, { id: 'zoe', tickets: 9, reason: 0 }]
  const faked = new EventFixture({ entries: withFake }).lock().result().transcript()

  it('do not fit the transcript that was published', () => {
    expect(check(kept.transcript(), {}, withFake)).toBe('list: lock 1 has entryCount 5, and the list has 6')
    const edited = FIVE_ENTRIES.map((entry) => (entry.id === 'bob' ? { ...entry, tickets: 4 } : entry))
    expect(check(kept.transcript(), {}, edited)).toBe('list: lock 1 has totalTickets 10, and the list has 11')
    const moved = FIVE_ENTRIES.map((entry) =>
      entry.id === 'bob' ? { ...entry, tickets: 1 } : entry.id === 'dave' ? { ...entry, tickets: 3 } : entry,
    )
    expect(check(kept.transcript(), {}, moved)).toContain('list: lock 1 has entriesRoot')
    expect(check(kept.transcript(), {}, FIVE_ENTRIES.slice(1))).toContain('list: lock 1 has entryCount 5')
  })

  it('in a wholly rewritten transcript are consistent only, and a kept lock or head exposes them', () => {
    expect(verifyDraw(faked, withFake)).toMatchObject({ ok: true, level: 'consistent', anchors: [] })
    const lockHash = recordHash(recordOf(kept.records, 'lock'))
    expect(check(faked, { anchors: { lockHash } }, withFake)).toBe(
      'anchors: the lock that was seen is not in this chain',
    )
    expect(check(faked, { anchors: { head: lockHash } }, withFake)).toBe(
      'anchors: the head that was kept is not in this chain',
    )
    expect(
      verifyDraw(kept.transcript(), FIVE_ENTRIES, { anchors: { lockHash, head: lockHash } }),
    ).toMatchObject({
      level: 'anchored',
      anchors: [{ kind: 'lock hash' }, { kind: 'head' }],
    })
  })

  it('cannot be hidden by another time of the lock: with a beacon it names another round', () => {
    const { records } = quicknetEvent()
    const lock = recordOf(records, 'lock')
    const later = rewritten(records, lock.seq, { at: '2023-08-23T15:15:06.000Z' })
    expect(check(later)).toBe('round: lock 1 names round 123, and its time and rules give 124')
    const earlier = rewritten(records, lock.seq, { at: '2023-08-23T15:14:03.000Z' })
    expect(check(earlier)).toBe('round: lock 1 names round 123, and its time and rules give 103')
  })

  it('cannot go back behind the end that was promised', () => {
    const event = new EventFixture({ rules: { endsAt: '2026-01-31T09:00:30.000Z' } }).lock().result()
    expect(check(event.transcript())).toBe('ok')
    expect(check(rewritten(event.records, 1, { at: '2026-01-31T09:00:29.999Z' }))).toBe(
      'rules: lock 1 was made at 2026-01-31T09:00:29.999Z, before the end that the rules promise, 2026-01-31T09:00:30.000Z',
    )
    expect(check(rewritten(event.records, 1, { at: '2026-01-31T08:00:00.000Z' }))).toBe(
      'chain: record 1 (lock) is older than the record before it',
    )
  })
})

describe('an entrant whose entry was left out, or an entry racing the lock', () => {
  const operatorKey = operatorKeyOf(OPERATOR_SECRET)
  const salt = new Uint8Array(16).fill(9)
  const phone = '+821012345678'
  const applicationNumber = 'K7M2-9QXA'
  const id = entryId(EVENT_ID, applicationNumber, personHash(salt, phone))
  const entries = [
    ...FIVE_ENTRIES.map((entry) => ({ ...entry, tickets: Math.min(entry.tickets, 1) })),
    { id, tickets: 3, reason: 0 },
  ]
  const rules = { visitBonus: 2 }
  const event = new EventFixture({ entries, rules }).lock().result()
  const fields = {
    eventId: EVENT_ID,
    rules: recordHash(event.records[0] as RulesRecord),
    id,
    applicationNumber,
    salt: '09'.repeat(16),
    visited: 1 as const,
    n: 1,
    at: '2026-01-31T09:00:10.000Z',
  }
  const receipt = signReceipt(OPERATOR_SECRET, fields)

  it('has a receipt that the true list honours', () => {
    const verification = verifyDraw(event.transcript(), entries, { anchors: { receipt, operatorKey } })
    expect(verification).toMatchObject({
      ok: true,
      level: 'anchored',
      anchors: [
        { kind: 'receipt', says: 'the entry of the receipt is in the locked list with 3 tickets' },
        { kind: 'operator key' },
      ],
    })
  })

  it('is missed: the receipt is not in a list without it', () => {
    const without = entries.filter((entry) => entry.id !== id)
    const other = new EventFixture({ entries: without, rules }).lock().result()
    expect(check(other.transcript(), { anchors: { receipt } }, without)).toBe(
      'anchors: the entry of the receipt is not in the locked list',
    )
  })

  it('is missed where the visit was taken back, and shown where it was excluded', () => {
    const unvisited = entries.map((entry) => (entry.id === id ? { ...entry, tickets: 1 } : entry))
    const one = new EventFixture({ entries: unvisited, rules }).lock().result()
    expect(check(one.transcript(), { anchors: { receipt } }, unvisited)).toBe(
      'anchors: the receipt shows a visit, which gives 3 tickets, and the list has 1',
    )
    const excluded = entries.map((entry) => (entry.id === id ? { ...entry, tickets: 0, reason: 6 } : entry))
    const two = new EventFixture({ entries: excluded, rules }).lock().result()
    const verification = verifyDraw(two.transcript(), excluded, { anchors: { receipt } })
    expect(verification).toMatchObject({
      ok: true,
      anchors: [{ says: 'the entry of the receipt is in the locked list, excluded' }],
    })
    expect(verification.ok && verification.warnings.map((warning) => warning.code)).toContain(
      'excluded entry',
    )
  })

  it('cannot make up a receipt, change one, or use one of another event or other rules', () => {
    const anchored = (signed: object) =>
      check(event.transcript(), { anchors: { receipt: signed as typeof receipt } }, entries)
    const forged = signReceipt(new Uint8Array(32).fill(8), fields)
    expect(anchored(forged)).toBe("anchors: the receipt's signature is not the operator's")
    expect(anchored({ ...receipt, receipt: { ...receipt.receipt, n: 2 } })).toContain(
      "signature is not the operator's",
    )
    expect(anchored(signReceipt(OPERATOR_SECRET, { ...fields, eventId: 'other' }))).toBe(
      'anchors: the receipt belongs to another event',
    )
    expect(anchored(signReceipt(OPERATOR_SECRET, { ...fields, rules: '00'.repeat(32) }))).toBe(
      'anchors: the rules of the receipt are not among those before the lock',
    )
    expect(anchored({ ...receipt, extra: 1 })).toBe('anchors: receipt: there is no such key: extra')
  })

  it('has a receipt for one person only: two entrants cannot be given the same one', () => {
    expect(isReceiptOf(receipt.receipt, phone)).toBe(true)
    expect(isReceiptOf(receipt.receipt, '+821087654321')).toBe(false)
    expect(isReceiptOf({ ...receipt.receipt, applicationNumber: 'K7M2-9QXB' }, phone)).toBe(false)
  })
})

describe('an operator who grinds the seed', () => {
  it('finds nothing to vary: time, counts, text, key and order are not in it', () => {
    const seedOf = (event: EventFixture) => recordOf(event.lock().result().records, 'result').seed
    const wanted = seedOf(new EventFixture())
    expect(seedOf(new EventFixture({ start: '2026-02-01T00:00:00.000Z' }))).toBe(wanted)
    expect(seedOf(new EventFixture({ rules: { winnerCount: 1, alternateCount: 0 } }))).toBe(wanted)
    expect(seedOf(new EventFixture({ rules: { textHash: '11'.repeat(32) } }))).toBe(wanted)
    expect(seedOf(new EventFixture({ secret: null }))).toBe(wanted)
    expect(seedOf(new EventFixture({ entries: [...FIVE_ENTRIES].reverse() }))).toBe(wanted)
  })

  it('cannot change the secret after publication, for the first draw or a redraw', () => {
    const event = new EventFixture().lock().result().withdraw(1).withdraw(2).lock().result()
    const other = createSeedChain(EVENT_ID, LAST_SECRET, 4)
    expect(check(rewritten(event.records, 1, { serverSeed: other.secretFor(3) }))).toBe(
      'seed chain: the server seed of lock 1 is not the committed one',
    )
    const second = recordOf(event.records, 'lock', 1)
    expect(check(rewritten(event.records, second.seq, { serverSeed: '55'.repeat(32) }))).toBe(
      'seed chain: the server seed of lock 2 is not the committed one',
    )
    const recommitted = [...event.records]
    const amended = {
      ...(event.records[0] as RulesRecord),
      at: (event.records[2] as ResultRecord).at,
      seedCommitment: '66'.repeat(32),
    }
    recommitted.splice(3, 0, amended)
    expect(check(resealed(recommitted))).toBe(
      'rules: record 3 (rules): the rules must never change seedCommitment',
    )
  })

  it('cannot withhold it, except with a beacon, with a warning and for ever', () => {
    const event = new EventFixture().lock().result()
    expect(check(rewritten(event.records, 1, { serverSeed: null }))).toBe(
      'seed chain: lock 1 has neither a server seed nor a beacon',
    )
    const lost = new EventFixture({ rules: { beacon: 'quicknet' } })
      .lock({ lost: true })
      .result()
      .withdraw(1)
      .withdraw(1)
    lost.lock({ lost: true }).result()
    const verification = verifyDraw(lost.transcript(), FIVE_ENTRIES, { chain: TEST_CHAIN })
    expect(
      verification.ok && verification.warnings.filter((warning) => warning.code === 'seed lost'),
    ).toHaveLength(2)
    const second = recordOf(lost.records, 'lock', 1)
    expect(
      check(rewritten(lost.records, second.seq, { serverSeed: '55'.repeat(32) }), { chain: TEST_CHAIN }),
    ).toBe('seed chain: lock 2 has a server seed after an earlier one was lost')
  })
})

describe('silent re-runs, second locks, two audiences', () => {
  const event = new EventFixture({ rules: { alternateCount: 0 } }).lock().result()

  it('are refused: a second lock before the result', () => {
    const [rules, lock, result] = event.records as [RulesRecord, LockRecord, ResultRecord]
    expect(check(resealed([rules, lock, { ...lock, attempt: 2 }, result]))).toBe(
      'chain: record 2 (lock) follows a lock: one attempt at a time, and its result comes first',
    )
    expect(check(resealed([rules, lock, result, { ...result, attempt: 1 }]))).toBe(
      'chain: record 3 (result) does not follow a lock',
    )
  })

  it('are refused: another attempt while every slot is held', () => {
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

  it('are refused: an attempt that is counted as the first again, or that skips a number', () => {
    const [rules, lock, result] = event.records as [RulesRecord, LockRecord, ResultRecord]
    expect(check(resealed([rules, lock, result, { ...lock, at: result.at }, result]))).toBe(
      'chain: record 3 (lock) names attempt 1, and it is 2',
    )
    expect(check(rewritten(event.records, 1, { attempt: 2 }))).toBe(
      'chain: record 1 (lock) names attempt 2, and it is 1',
    )
    expect(check(rewritten(event.records, 2, { attempt: 2 }))).toBe(
      'chain: record 2 (result) names attempt 2, and it is 1',
    )
  })

  it('for two audiences show two heads: a kept one is not in the other chain', () => {
    const other = new EventFixture({ rules: { alternateCount: 0 }, start: '2026-01-31T09:00:01.000Z' })
      .lock()
      .result()
    const { head } = event.transcript()
    expect(check(other.transcript(), { anchors: { head } })).toBe(
      'anchors: the head that was kept is not in this chain',
    )
  })

  it('cannot mix the records of two events', () => {
    const other = rewritten(event.records, 1, { eventId: 'other' })
    expect(check(other)).toBe('chain: record 1 (lock) belongs to another event')
  })
})

describe('downgrades and amended rules', () => {
  it('refuses quicknet that becomes none', () => {
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

  it('refuses a lock without its round, and a round without a beacon', () => {
    const event = new EventFixture({ rules: { beacon: 'quicknet' } }).lock().result()
    expect(check(rewritten(event.records, 1, { round: null }), { chain: TEST_CHAIN })).toContain(
      'round: lock 1 names round none',
    )
    expect(check(rewritten(event.records, 2, { signature: null }), { chain: TEST_CHAIN })).toContain(
      'lacks the signature of round',
    )
    const none = new EventFixture().lock().result()
    expect(check(rewritten(none.records, 1, { round: 5 }))).toBe(
      'round: lock 1 names round 5, and its time and rules give none',
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
    expect(codes).toEqual(expect.arrayContaining(['rules amended', 'early close', 'exclusions', 'no beacon']))
    const says = verification.ok ? verification.warnings.map((warning) => warning.says).join('\n') : ''
    expect(says).toContain('winnerCount from 2 to 3, alternateCount from 1 to 0, endsAt from 2026-02-28')
    expect(says).toContain('an end at 2026-02-28T00:00:00.000Z had been promised')
  })

  it('refuses another count than the rules say, and changes after the first lock', () => {
    const event = new EventFixture().lock().result().amend({ beacon: 'quicknet' })
    expect(check(rewritten(event.records, 1, { winnerCount: 1 }))).toBe(
      'rules: lock 1 has winnerCount 1, and the rules say 2',
    )
    expect(check(rewritten(event.records, 1, { alternateCount: 2 }))).toBe(
      'rules: lock 1 has alternateCount 2, and the rules say 1',
    )
    expect(check(event.transcript())).toBe('ok')
    for (const change of [
      { winnerCount: 3 },
      { visitBonus: 1 },
      { textHash: null },
      { beaconDelay: 60 },
      { endsAt: null, alternateCount: 0 },
    ]) {
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

  it('refuses tickets that the rules cannot give', () => {
    const event = new EventFixture({ rules: { visitBonus: 4 } }).lock().result()
    expect(check(event.transcript())).toBe('list: entry "bob" has 3 tickets, and the rules give 1 or 5')
  })
})

describe('choosing whom to withdraw or promote', () => {
  it('refuses a redraw while an alternate waits', () => {
    const event = new EventFixture().lock().result().withdraw(1)
    expect(event.records.at(-1)).toMatchObject({ slot: 1, filledBy: 3 })
    expect(() => event.lock()).toThrow('no slot is empty, so nothing may be drawn')
    expect(check(rewritten(event.records, 3, { filledBy: null }))).toBe(
      'vacancies: slot 1 must be filled by rank 3, the lowest that waits, not by nobody',
    )
  })

  it('refuses to promote another than the lowest waiting rank, or somebody who does not wait', () => {
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
      'vacancies: slot 1 was filled by rank 2, but nobody waits',
    )
  })

  it('refuses to empty an empty slot, or one that is not there', () => {
    const event = new EventFixture({ rules: { alternateCount: 0 } }).lock().result().withdraw(1).withdraw(2)
    expect(check(rewritten(event.records, 4, { slot: 1 }))).toBe(
      'vacancies: slot 1 is empty, so nobody can be withdrawn from it',
    )
    expect(check(rewritten(event.records, 4, { slot: 3 }))).toBe('vacancies: there is no prize slot 3')
    expect(() => event.withdraw(1)).toThrow('nobody holds slot 1')
  })

  it('refuses a redraw for other slots than the empty ones, with alternates, or from another list', () => {
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
      'list: lock 2 has totalTickets 11, and the list has 10',
    )
  })

  it('shows every withdrawal and attempt', () => {
    const event = new EventFixture().lock().result().withdraw(2, 'deadline').withdraw(1).lock().result()
    const verification = verifyDraw(event.transcript(), FIVE_ENTRIES)
    expect(verification).toMatchObject({
      ok: true,
      standing: {
        attempts: 2,
        withdrawals: [
          { slot: 2, reason: 'deadline', filledBy: 3 },
          { slot: 1, reason: 'unreachable', filledBy: null },
        ],
      },
    })
    expect(verification.ok && verification.warnings.map((warning) => warning.says)).toContain(
      '2 attempts were drawn',
    )
  })

  it('cannot be helped by knowing an alternate: an opening comes with the promotion', () => {
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
      'openings: the opening of entry 0 belongs to nobody who won',
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

describe('a lying relay, an operator with his own chain, second encodings', () => {
  const real = quicknetEvent()

  it('accepts the true round', () => {
    expect(check(real.transcript())).toBe('ok')
  })

  it('refuses the signature of another round, true as it is', () => {
    expect(check(rewritten(real.records, 2, { signature: ROUND_1000.signature }))).toBe(
      "signature: the signature in result 1 is not quicknet's for round 123",
    )
  })

  it("refuses the operator's own chain, which the verifier never reads from a transcript", () => {
    expect(check(rewritten(real.records, 2, { signature: testBeaconSignature(123) }))).toContain(
      "signature: the signature in result 1 is not quicknet's",
    )
    const own = new EventFixture({ rules: { beacon: 'quicknet' } }).lock().result().transcript()
    expect(check(own)).toContain("signature: the signature in result 1 is not quicknet's")
    expect(check({ ...own, chain: TEST_CHAIN })).toBe('shapes: transcript: there is no such key: chain')
  })

  it('refuses second encodings, which would give a choice of seeds', () => {
    let tried = 0
    for (let minute = 0; minute < 30 && tried < 1; minute++) {
      const start = new Date(Date.UTC(2026, 0, 31, 9, minute)).toISOString()
      const event = new EventFixture({ start, rules: { beacon: 'quicknet' } }).lock().result()
      const result = recordOf(event.records, 'result')
      for (const [what, signature] of secondEncodings(result.signature ?? '')) {
        const wanted =
          what === 'x + p'
            ? 'signature: the signature in result 1 is not'
            : 'shapes: transcript.records[2].signature'
        expect(check(withUncheckedResult(event, { signature }), { chain: TEST_CHAIN })).toContain(wanted)
        if (what === 'x + p') tried++
      }
    }
    expect(tried).toBe(1)
  })

  it('says whether anybody saw the lock before its round', () => {
    const lock = recordOf(real.records, 'lock')
    const seen = (at: number, hash = recordHash(lock)) => {
      const verification = verifyDraw(real.transcript(), FIVE_ENTRIES, {
        lockSeen: { hash, at, by: 'a mirror' },
      })
      return verification.ok ? verification.beacons[0]?.says : undefined
    }
    const out = 1692803733000
    expect(seen(out - 1)).toBe('lock seen before the round by a mirror')
    expect(seen(out)).toBe("lock time is the operator's word")
    expect(seen(out - 1, '00'.repeat(32))).toBe("lock time is the operator's word")
  })
})

describe('a result that was not drawn so', () => {
  const event = new EventFixture().lock().result()

  it('is refused, whoever it favours', () => {
    const result = recordOf(event.records, 'result')
    const swapped = [result.draws[1], result.draws[0], result.draws[2]]
    expect(check(rewritten(event.records, 2, { draws: swapped }))).toContain(
      'draws: result 1, rank 1 has rank 2',
    )
    expect(check(rewritten(event.records, 2, { draws: result.draws.slice(0, 2) }))).toBe(
      'draws: result 1 holds 2 draws, and its lock wants 3',
    )
    expect(check(rewritten(event.records, 2, { seed: '00'.repeat(32) }))).toBe(
      'seed: the seed in result 1 is not the one that lock and beacon give',
    )
    for (const [key, value] of [
      ['index', 1],
      ['id', 'bob'],
      ['tickets', 3],
      ['remaining', 9],
      ['r', 0],
      ['rank', 4],
    ] as const) {
      const draws = [{ ...result.draws[0], [key]: value }, ...result.draws.slice(1)]
      expect(check(rewritten(event.records, 2, { draws }))).toMatch(
        new RegExp(`^draws: result 1, rank 1 has ${key} `),
      )
    }
  })

  it('is refused where more were to be drawn than could be', () => {
    const [rules, lock, result] = event.records as [RulesRecord, LockRecord, ResultRecord]
    const changed = [{ ...rules, winnerCount: 4 }, { ...lock, winnerCount: 4 }, result]
    expect(check(resealed(changed))).toBe('draws: lock 1 wants 5 drawn, and only 4 can be')
  })
})

describe('unsigned, wrongly signed and wrongly headed transcripts', () => {
  const event = new EventFixture().lock().result()
  const transcript = event.transcript()

  it('are refused', () => {
    expect(check({ ...transcript, head: '00'.repeat(32) })).toBe(
      'head and signatures: the head is not the hash of the last record',
    )
    expect(check({ ...transcript, signatures: transcript.signatures.with(1, null) })).toBe(
      'head and signatures: record 1 is not signed',
    )
    expect(
      check({ ...transcript, signatures: transcript.signatures.with(1, transcript.signatures[0] ?? null) }),
    ).toBe("head and signatures: the signature of record 1 is not the operator's")
    expect(check(resealed(event.records, new Uint8Array(32).fill(9)))).toBe(
      "head and signatures: the signature of record 0 is not the operator's",
    )
    const unsigned = new EventFixture({ secret: null }).lock().result().transcript()
    expect(check(unsigned)).toBe('ok')
    expect(check({ ...unsigned, signatures: transcript.signatures })).toBe(
      'head and signatures: record 0 is signed, and the rules name no key',
    )
  })

  it('by another key are refused where the key is known from elsewhere', () => {
    const operatorKey = operatorKeyOf(new Uint8Array(32).fill(9))
    expect(check(transcript, { anchors: { operatorKey } })).toBe(
      'anchors: the records are signed with another key than the known one',
    )
    const rulesHash = recordHash(event.records[0] as RulesRecord)
    expect(verifyDraw(transcript, FIVE_ENTRIES, { anchors: { rulesHash } })).toMatchObject({
      level: 'anchored',
    })
    expect(check(transcript, { anchors: { rulesHash: recordHash(event.records[1] as LockRecord) } })).toBe(
      'anchors: the rules that were seen are not in this chain',
    )
  })
})

/** A transcript whose result record does not even have the shape of one. */
function withUncheckedResult(event: EventFixture, change: object): unknown {
  const transcript = event.transcript()
  const records = transcript.records.map((record) =>
    record.type === 'result' ? { ...record, ...change } : record,
  )
  return { ...transcript, records }
}
