import { describe, expect, it } from 'vitest'
import { type LockRecord, type ResultRecord, type RulesRecord, recordHash } from '../src/records/record.ts'
import { operatorKeyOf } from '../src/records/signature.ts'
import { verifyDraw } from '../src/verify/index.ts'
import { check, recordOf, rewritten } from './support/attack-tools.ts'
import { EventFixture, FIVE_ENTRIES, resealed } from './support/event-fixture.ts'

describe('a result other than the one drawn', () => {
  const event = new EventFixture().lock().result()

  it('is rejected, whichever entry it favours', () => {
    const result = recordOf(event.records, 'result')
    const swapped = [result.draws[1], result.draws[0], result.draws[2]]
    expect(check(rewritten(event.records, 2, { draws: swapped }))).toContain(
      'draws: result 1, rank 1 has rank 2',
    )
    expect(check(rewritten(event.records, 2, { draws: result.draws.slice(0, 2) }))).toBe(
      'draws: result 1 has 2 draws, but its lock requires 3',
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

  it('is rejected where more entries are to be drawn than are left', () => {
    const [rules, lock, result] = event.records as [RulesRecord, LockRecord, ResultRecord]
    const counts = { winnerCount: 5, alternateCount: 0 }
    const changed = [{ ...rules, ...counts }, { ...lock, ...counts }, result]
    expect(check(resealed(changed))).toBe('draws: lock 1 draws 5, but only 4 can be drawn')
  })
})

describe('transcripts without a signature, with a wrong one, or with a wrong head', () => {
  const event = new EventFixture().lock().result()
  const transcript = event.transcript()

  it('are rejected', () => {
    expect(check({ ...transcript, head: '00'.repeat(32) })).toBe(
      'head-and-signatures: the head is not the hash of the last record',
    )
    expect(check({ ...transcript, signatures: transcript.signatures.with(1, null) })).toBe(
      'head-and-signatures: record 1 is not signed',
    )
    expect(
      check({ ...transcript, signatures: transcript.signatures.with(1, transcript.signatures[0] ?? null) }),
    ).toBe("head-and-signatures: the signature of record 1 is not the operator's")
    expect(check(resealed(event.records, new Uint8Array(32).fill(9)))).toBe(
      "head-and-signatures: the signature of record 0 is not the operator's",
    )
    const unsigned = new EventFixture({ secret: null }).lock().result().transcript()
    expect(check(unsigned)).toBe('ok')
    expect(check({ ...unsigned, signatures: transcript.signatures })).toBe(
      'head-and-signatures: record 0 is signed, but the rules name no key',
    )
  })

  it('by another key are rejected where the key is known from outside', () => {
    const operatorKey = operatorKeyOf(new Uint8Array(32).fill(9))
    expect(check(transcript, { anchors: { operatorKey } })).toBe(
      'anchors: the records are signed with a key other than the known one',
    )
    const rulesHash = recordHash(event.records[0] as RulesRecord)
    expect(verifyDraw(transcript, FIVE_ENTRIES, { anchors: { rulesHash } })).toMatchObject({
      level: 'anchored',
    })
    expect(check(transcript, { anchors: { rulesHash: recordHash(event.records[1] as LockRecord) } })).toBe(
      'anchors: the known rules are not in this chain',
    )
  })
})
