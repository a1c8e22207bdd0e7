import { bls12_381 } from '@noble/curves/bls12-381.js'
import { describe, expect, it } from 'vitest'
import { QUICKNET, randomnessOf, roundAfter, roundAt, roundTime, verifyBeacon } from '../src/beacon/index.ts'
import { parseHex, toHex } from '../src/encoding/hex.ts'
import { QUICKNET_ROUNDS, TEST_CHAIN, testBeaconSignature } from './support/event-fixture.ts'
import { secondEncodings } from './support/second-encodings.ts'

describe('verifyBeacon', () => {
  it.each(QUICKNET_ROUNDS)(
    'accepts quicknet round $round and gives its randomness',
    ({ round, signature, randomness }) => {
      expect(verifyBeacon(round, signature)).toBe(true)
      expect(randomnessOf(signature)).toBe(randomness)
    },
  )

  it('rejects the signature of another round', () => {
    const [first, second] = QUICKNET_ROUNDS
    expect(verifyBeacon(second.round, first.signature)).toBe(false)
    expect(verifyBeacon(first.round + 1, first.signature)).toBe(false)
  })

  it('rejects a signature with any byte changed', () => {
    const [{ round, signature }] = QUICKNET_ROUNDS
    const bytes = parseHex(signature, 48, 'signature')
    for (let at = 0; at < 48; at += 5) {
      expect(verifyBeacon(round, toHex(bytes.with(at, (bytes[at] as number) ^ 1)))).toBe(false)
    }
    expect(verifyBeacon(round, toHex(bytes.with(0, (bytes[0] as number) ^ 0x20)))).toBe(false) // the negated point
  })

  it('rejects every other spelling and encoding of a correct signature', () => {
    const [{ round, signature }] = QUICKNET_ROUNDS
    expect(verifyBeacon(round, signature.toUpperCase())).toBe(false)
    expect(verifyBeacon(round, `0x${signature}`)).toBe(false)
    for (const [what, encoding] of secondEncodings(signature)) {
      expect([what, verifyBeacon(round, encoding)]).toEqual([what, false])
    }
  })

  it('rejects x + p where it fits into 48 bytes, of an otherwise correct signature', () => {
    // 23 % of signatures have such a twin: the test chain has one in its first few rounds.
    const twins: string[] = []
    for (let round = 1; round < 40 && twins.length < 2; round++) {
      const signature = testBeaconSignature(round)
      const twin = secondEncodings(signature).find(([what]) => what === 'x + p')
      if (twin === undefined) continue
      expect(verifyBeacon(round, signature, TEST_CHAIN)).toBe(true)
      expect(verifyBeacon(round, twin[1], TEST_CHAIN)).toBe(false)
      twins.push(twin[1])
    }
    expect(twins).toHaveLength(2)
  })

  it('rejects infinity, a point outside the subgroup, and bytes that are not a point', () => {
    expect(verifyBeacon(1000, `c0${'00'.repeat(47)}`)).toBe(false)
    expect(verifyBeacon(1000, '00'.repeat(48))).toBe(false)
    expect(verifyBeacon(1000, 'ff'.repeat(48))).toBe(false)
    // x = 4 is on the curve y^2 = x^3 + 4 and outside the subgroup
    expect(verifyBeacon(1000, `80${'00'.repeat(46)}04`)).toBe(false)
  })

  it("rejects an operator's own chain unless the caller's code names it", () => {
    const signature = testBeaconSignature(7)
    expect(verifyBeacon(7, signature, TEST_CHAIN)).toBe(true)
    expect(verifyBeacon(7, signature)).toBe(false)
  })

  it('rejects rounds that are not positive integers, and invalid keys', () => {
    const [{ round, signature }] = QUICKNET_ROUNDS
    for (const wrong of [0, -1, round + 0.5, Number.NaN, 2 ** 53])
      expect(verifyBeacon(wrong, signature)).toBe(false)
    expect(verifyBeacon(round, signature, { ...QUICKNET, publicKey: '00'.repeat(96) })).toBe(false)
  })

  it('pins a public key of the G2 subgroup', () => {
    const key = bls12_381.G2.Point.fromHex(QUICKNET.publicKey)
    expect(() => key.assertValidity()).not.toThrow()
    expect(key.toHex(true)).toBe(QUICKNET.publicKey)
  })
})

describe('rounds', () => {
  it('are published every three seconds from genesis on', () => {
    expect(roundTime(1)).toBe(1692803367000)
    expect(roundTime(1000)).toBe(1692806364000)
    expect(() => roundTime(0)).toThrow('there is no round 0')
    expect(() => roundTime(1.5)).toThrow('there is no round 1.5')
  })

  it('are current from their first millisecond on', () => {
    for (const round of [1, 2, 1000, 25_682_242]) {
      expect(roundAt(roundTime(round))).toBe(round)
      expect(roundAt(roundTime(round) + 2999)).toBe(round)
    }
    expect(() => roundAt(roundTime(1) - 1)).toThrow('quicknet has no round')
    expect(() => roundAt(Number.NaN)).toThrow('quicknet has no round')
  })

  it('come at least the delay after the lock, and less than three seconds later than that', () => {
    for (const { round, lockAt } of QUICKNET_ROUNDS) {
      expect(roundAfter(Date.parse(lockAt), 30)).toBe(round)
      expect(roundAfter(Date.parse(lockAt) + 1, 30)).toBe(round + 1)
      expect(roundAfter(Date.parse(lockAt) - 2999, 30)).toBe(round)
      expect(roundAfter(Date.parse(lockAt) - 3000, 30)).toBe(round - 1)
    }
    expect(roundAfter(1692803367000 - 15_000, 15)).toBe(1)
    expect(() => roundAfter(1692803367000 - 18_000, 15)).toThrow('quicknet has no round')
    for (let ms = 1790000000000; ms < 1790000009000; ms += 7) {
      const due = roundTime(roundAfter(ms, 15))
      expect(due - ms).toBeGreaterThanOrEqual(15_000)
      expect(due - ms).toBeLessThan(18_000)
    }
  })
})
