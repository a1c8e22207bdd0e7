import { describe, expect, it } from 'vitest'
import { type ResultRecord, type RulesRecord, recordHash } from '../src/records/record.ts'
import { createSeedChain } from '../src/records/seed-chain.ts'
import { verifyDraw } from '../src/verify/index.ts'
import {
  check,
  quicknetEvent,
  ROUND_1000,
  recordOf,
  rewritten,
  withUncheckedResult,
} from './support/attack-tools.ts'
import {
  EVENT_ID,
  EventFixture,
  FIVE_ENTRIES,
  LAST_SECRET,
  resealed,
  TEST_CHAIN,
  testBeaconSignature,
} from './support/event-fixture.ts'
import { secondEncodings } from './support/second-encodings.ts'

describe('an operator who varies the seed until a result suits', () => {
  it('finds nothing to vary: time, counts, text, key and order are not in it', () => {
    const seedOf = (event: EventFixture) => recordOf(event.lock().result().records, 'result').seed
    const expected = seedOf(new EventFixture())
    expect(seedOf(new EventFixture({ start: '2026-02-01T00:00:00.000Z' }))).toBe(expected)
    expect(seedOf(new EventFixture({ rules: { winnerCount: 1, alternateCount: 0 } }))).toBe(expected)
    expect(seedOf(new EventFixture({ rules: { textHash: '11'.repeat(32) } }))).toBe(expected)
    expect(seedOf(new EventFixture({ secret: null }))).toBe(expected)
    expect(seedOf(new EventFixture({ entries: [...FIVE_ENTRIES].reverse() }))).toBe(expected)
  })

  it('cannot change the secret after publication, for the first draw or a redraw', () => {
    const event = new EventFixture().lock().result().withdraw(1).withdraw(2).lock().result()
    const other = createSeedChain(EVENT_ID, LAST_SECRET, 4)
    expect(check(rewritten(event.records, 1, { serverSeed: other.secretFor(3) }))).toBe(
      'seed-chain: the server seed of lock 1 is not the committed one',
    )
    const second = recordOf(event.records, 'lock', 1)
    expect(check(rewritten(event.records, second.seq, { serverSeed: '55'.repeat(32) }))).toBe(
      'seed-chain: the server seed of lock 2 is not the committed one',
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

  it('cannot withhold it, except with a beacon, with a warning, and for all later attempts', () => {
    const event = new EventFixture().lock().result()
    expect(check(rewritten(event.records, 1, { serverSeed: null }))).toBe(
      'seed-chain: lock 1 has neither a server seed nor a beacon',
    )
    const lost = new EventFixture({ rules: { beacon: 'quicknet' } })
      .lock({ lost: true })
      .result()
      .withdraw(1)
      .withdraw(1)
    lost.lock({ lost: true }).result()
    const verification = verifyDraw(lost.transcript(), FIVE_ENTRIES, { chain: TEST_CHAIN })
    expect(
      verification.ok && verification.warnings.filter((warning) => warning.code === 'seed-lost'),
    ).toHaveLength(2)
    const second = recordOf(lost.records, 'lock', 1)
    expect(
      check(rewritten(lost.records, second.seq, { serverSeed: '55'.repeat(32) }), { chain: TEST_CHAIN }),
    ).toBe('seed-chain: lock 2 has a server seed after an earlier one was lost')
  })
})

describe('a lying relay, an operator with his own chain, second encodings', () => {
  const real = quicknetEvent()

  it('accepts the true round', () => {
    expect(check(real.transcript())).toBe('ok')
  })

  it('rejects the genuine signature of another round', () => {
    expect(check(rewritten(real.records, 2, { signature: ROUND_1000.signature }))).toBe(
      "signature: the signature in result 1 is not quicknet's for round 123",
    )
  })

  it("rejects the operator's own chain, which the verifier never reads from a transcript", () => {
    expect(check(rewritten(real.records, 2, { signature: testBeaconSignature(123) }))).toContain(
      "signature: the signature in result 1 is not quicknet's",
    )
    const own = new EventFixture({ rules: { beacon: 'quicknet' } }).lock().result().transcript()
    expect(check(own)).toContain("signature: the signature in result 1 is not quicknet's")
    expect(check({ ...own, chain: TEST_CHAIN })).toBe('shapes: transcript: unknown key: chain')
  })

  it('rejects second encodings, which would give a choice of seeds', () => {
    let tried = 0
    for (let minute = 0; minute < 30 && tried < 1; minute++) {
      const start = new Date(Date.UTC(2026, 0, 31, 9, minute)).toISOString()
      const event = new EventFixture({ start, rules: { beacon: 'quicknet' } }).lock().result()
      const result = recordOf(event.records, 'result')
      for (const [what, signature] of secondEncodings(result.signature ?? '')) {
        const expected =
          what === 'x + p'
            ? 'signature: the signature in result 1 is not'
            : 'shapes: transcript.records[2].signature'
        expect(check(withUncheckedResult(event, { signature }), { chain: TEST_CHAIN })).toContain(expected)
        if (what === 'x + p') tried++
      }
    }
    expect(tried).toBe(1)
  })

  it('reports whether a witness saw the lock before its round', () => {
    const lock = recordOf(real.records, 'lock')
    const seen = (at: number, hash = recordHash(lock)) => {
      const verification = verifyDraw(real.transcript(), FIVE_ENTRIES, {
        lockSeen: { hash, at, by: 'a mirror' },
      })
      return verification.ok ? verification.beacons[0]?.message : undefined
    }
    const out = 1692803733000
    expect(seen(out - 1)).toBe('lock seen before the round by a mirror')
    expect(seen(out)).toBe("lock time is the operator's word")
    expect(seen(out - 1, '00'.repeat(32))).toBe("lock time is the operator's word")
  })
})
