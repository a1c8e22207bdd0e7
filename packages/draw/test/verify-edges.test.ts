import { describe, expect, it } from 'vitest'
import { entryTree } from '../src/list/entry-tree.ts'
import { type Entry, toEntryList } from '../src/list/index.ts'
import { inclusionProof } from '../src/receipts/inclusion-proof.ts'
import type { SignedReceipt } from '../src/receipts/receipt.ts'
import { type ChainRecord, recordHash } from '../src/records/record.ts'
import { type Verification, type VerifyOptions, verifyDraw, verifyLight } from '../src/verify/index.ts'
import { type Entrant, entrant, receiptFor } from './support/entrants.ts'
import { EventFixture, FIVE_ENTRIES, resealed } from './support/event-fixture.ts'

const message = (verification: Verification) =>
  verification.ok ? 'ok' : `${verification.step}: ${verification.error}`
const check = (transcript: unknown, options?: VerifyOptions, entries: readonly Entry[] = FIVE_ENTRIES) =>
  message(verifyDraw(transcript, entries, options))
const codes = (verification: Verification) =>
  verification.ok ? verification.warnings.map((warning) => warning.code) : []
const tree = entryTree(toEntryList(FIVE_ENTRIES))
const proofs = FIVE_ENTRIES.map((_, index) => inclusionProof(tree, index))

describe('the order of records', () => {
  const { records } = new EventFixture({ rules: { alternateCount: 0 } }).lock().result().withdraw(1)
  const [rules, lock, result, withdraw] = records as [ChainRecord, ChainRecord, ChainRecord, ChainRecord]

  it('begins with rules, and has no withdrawal before a result', () => {
    expect(check(resealed([lock, result]))).toBe('chain: the first record must be rules')
    expect(check(resealed([rules, { ...withdraw, at: rules.at }, lock, result]))).toBe(
      'chain: record 1 (withdraw) comes before any result',
    )
    expect(check(resealed([rules, lock, result, withdraw, { ...withdraw, slot: 2 } as ChainRecord]))).toBe(
      'ok',
    )
  })

  it('is fixed by prev alone, whatever was signed', () => {
    const transcript = new EventFixture().lock().result().transcript()
    const broken = transcript.records.with(1, {
      ...transcript.records[1],
      prev: '11'.repeat(32),
    } as ChainRecord)
    expect(check({ ...transcript, records: broken })).toBe(
      'chain: record 1 (lock) does not name the hash of the record before it',
    )
  })
})

describe('times and ends', () => {
  it('allow a lock at the exact end, without the warning early-close', () => {
    const event = new EventFixture({ rules: { endsAt: '2026-01-31T09:01:00.000Z' } }).lock().result()
    const verification = verifyDraw(event.transcript(), FIVE_ENTRIES)
    expect(verification.ok).toBe(true)
    expect(codes(verification)).not.toContain('early-close')
  })

  it('compare the lock with the latest end ever promised', () => {
    const event = new EventFixture({ rules: { endsAt: '2026-01-31T09:00:00.000Z' } })
    event
      .amend({ endsAt: '2026-03-01T00:00:00.000Z' })
      .amend({ endsAt: '2026-01-31T09:00:30.000Z' })
      .lock()
      .result()
    const verification = verifyDraw(event.transcript(), FIVE_ENTRIES)
    const warnings = verification.ok ? verification.warnings : []
    expect(warnings.find(({ code }) => code === 'early-close')?.message).toContain(
      'that the event ends at 2026-03-01T00:00:00.000Z',
    )
  })

  it('reject a beacon before its chain began', () => {
    const event = new EventFixture({ start: '2020-01-01T00:00:00.000Z' }).lock().result()
    const records = event.records.map((record) =>
      record.type === 'rules' ? { ...record, beacon: 'quicknet' as const } : record,
    )
    expect(check(resealed(records))).toMatch(/^round: quicknet has no round at/)
  })
})

describe('lists without exclusions', () => {
  it('cause no warning of exclusions', () => {
    const entries = FIVE_ENTRIES.slice(0, 4)
    const verification = verifyDraw(new EventFixture({ entries }).lock().result().transcript(), entries)
    expect(codes(verification)).toEqual(['no-beacon', 'missing-openings'])
    expect(codes(verification)).toHaveLength(2)
  })
})

describe('anchors', () => {
  const people = FIVE_ENTRIES.map((_, at) => entrant(at))
  const entries = FIVE_ENTRIES.map((entry, at) => ({ ...entry, id: people[at]?.id ?? '' }))
  const [, bob] = people as [Entrant, Entrant]
  const event = new EventFixture({ entries }).lock().result()

  it('may be the first entry and the first record', () => {
    const head = recordHash(event.records[0] as ChainRecord)
    const [first] = people.toSorted((one, two) => (one.id < two.id ? -1 : 1)) as [Entrant]
    const verification = verifyDraw(event.transcript(), entries, {
      anchors: { head, rulesHash: head, receipt: receiptFor(event, first) },
    })
    expect(verification).toMatchObject({
      anchors: [
        { kind: 'receipt', message: 'the entry of the receipt is in the locked list with 1 tickets' },
        { kind: 'rules-hash', message: 'the known rules are record 0' },
        { kind: 'head', message: 'the chain up to record 0 is the known one' },
      ],
    })
  })

  it('accept a receipt without a visit, or without a bonus', () => {
    const one = people.slice(0, 3).map(({ id }) => ({ id, tickets: 1, reason: 0 }))
    const bonus = new EventFixture({ entries: one, rules: { visitBonus: 2 } }).lock().result()
    const anchored = (receipt: SignedReceipt) => check(bonus.transcript(), { anchors: { receipt } }, one)
    expect(anchored(receiptFor(bonus, bob))).toBe('ok')
    expect(anchored(receiptFor(bonus, bob, { visited: 1 }))).toContain(
      'which gives 3 tickets, but the list has 1',
    )
    expect(
      check(event.transcript(), { anchors: { receipt: receiptFor(event, bob, { visited: 1 }) } }, entries),
    ).toBe('ok')
  })

  it('reject a receipt of rules that came after the lock, or where the rules name no key', () => {
    const later = new EventFixture({ entries }).lock().result().amend({ beacon: 'quicknet' })
    const rules = recordHash(later.records[3] as ChainRecord)
    expect(
      check(later.transcript(), { anchors: { receipt: receiptFor(later, bob, { rules }) } }, entries),
    ).toBe('anchors: the rules of the receipt are not among those before the lock')
    const unsigned = new EventFixture({ entries, secret: null }).lock().result()
    expect(check(unsigned.transcript(), { anchors: { receipt: receiptFor(unsigned, bob) } }, entries)).toBe(
      'anchors: the rules name no key, so a receipt cannot be checked',
    )
  })

  it('are checked by proofs as well', () => {
    const real = entryTree(toEntryList(entries))
    const realProofs = entries.map((_, index) => inclusionProof(real, index))
    const light = (person: Entrant) =>
      verifyLight(event.transcript(), realProofs, { anchors: { receipt: receiptFor(event, person) } })
    expect(light(bob)).toMatchObject({
      level: 'anchored',
      anchors: [{ message: 'the entry of the receipt is in the locked list with 3 tickets' }],
    })
    expect(message(light(entrant(9)))).toBe('anchors: the entry of the receipt is not in the locked list')
  })
})

describe('the light check', () => {
  const event = new EventFixture({ rules: { alternateCount: 0 } }).lock().result().withdraw(1).lock().result()

  it('rejects attempts that locked different lists', () => {
    const changed = event.records.map((record) =>
      record.type === 'lock' && record.attempt === 2 ? { ...record, totalTickets: 11 } : record,
    )
    expect(message(verifyLight(resealed(changed), proofs))).toBe(
      'list: lock 2 has totalTickets 11, but the list has 10',
    )
    const absurd = event.records.map((record) =>
      record.type === 'lock' ? { ...record, eligibleCount: 6 } : record,
    )
    expect(message(verifyLight(resealed(absurd), []))).toBe(
      'list: lock 1 counts more eligible entries than entries',
    )
  })

  it('rejects more draws than entries are left, as the whole check does', () => {
    for (const counts of [{ winnerCount: 3 }, { winnerCount: 1, alternateCount: 2 }]) {
      const changed = event.records.map((record) =>
        record.type === 'lock' && record.attempt === 2 ? { ...record, ...counts } : record,
      )
      const tooMany = 'draws: lock 2 draws 3, but only 2 can be drawn'
      expect(message(verifyLight(resealed(changed), proofs))).toBe(tooMany)
      expect(check(resealed(changed))).toBe(tooMany)
    }
  })

  it('rejects the entries before and after the one that holds the ticket', () => {
    const lock = event.records[1]
    const result = event.records[2]
    if (lock?.type !== 'lock' || result?.type !== 'result') throw new Error('a lock and its result')
    const [first] = result.draws
    for (const proof of proofs.filter(({ index, tickets }) => tickets > 0 && index !== first?.index)) {
      const { index, id, tickets } = proof
      const draws = [{ ...first, index, id, tickets }, ...result.draws.slice(1)] as typeof result.draws
      const verification = verifyLight(resealed(event.records.with(2, { ...result, draws })), proofs)
      expect(message(verification)).toMatch(/^draws: result 1, rank 1: entry [0-9] does not hold the ticket/)
    }
  })
})

describe('the light check of longer draws', () => {
  const entries = Array.from({ length: 40 }, (_, at) => ({
    id: `e${10 + at}`,
    tickets: 1 + (at % 2),
    reason: 0,
  }))
  const list = toEntryList(entries)
  const longTree = entryTree(list)
  const all = entries.map((_, index) => inclusionProof(longTree, index))
  const event = new EventFixture({ entries, rules: { winnerCount: 30, alternateCount: 5 } }).lock().result()

  it('agrees with the whole check on every rank', () => {
    expect(check(event.transcript(), {}, entries)).toBe('ok')
    expect(message(verifyLight(event.transcript(), all))).toBe('ok')
  })

  it('rejects any other holder of any ticket', () => {
    const result = event.records[2]
    if (result?.type !== 'result') throw new Error('a result')
    for (const [at, drawn] of result.draws.entries()) {
      const earlier = new Set(result.draws.slice(0, at).map(({ index }) => index))
      const [before, after] = [
        all.findLast(({ index }) => index < drawn.index && !earlier.has(index)),
        all.find(({ index }) => index > drawn.index && !earlier.has(index)),
      ]
      for (const other of [before, after]) {
        if (other === undefined) continue
        const { index, id, tickets } = other
        const draws = result.draws.with(at, { ...drawn, index, id, tickets })
        expect(message(verifyLight(resealed(event.records.with(2, { ...result, draws })), all))).toBe(
          `draws: result 1, rank ${at + 1}: entry ${index} does not hold the ticket ${drawn.r} that the seed gives`,
        )
      }
    }
  })
})
