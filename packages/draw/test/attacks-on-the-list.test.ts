import { describe, expect, it } from 'vitest'
import { toHex } from '../src/encoding/hex.ts'
import { entryId, personHash } from '../src/list/entry-id.ts'
import { isReceiptOf, signReceipt } from '../src/receipts/receipt.ts'
import { type RulesRecord, recordHash } from '../src/records/record.ts'
import { operatorKeyOf } from '../src/records/signature.ts'
import { verifyDraw } from '../src/verify/index.ts'
import { check, quicknetEvent, recordOf, rewritten } from './support/attack-tools.ts'
import { entrant } from './support/entrants.ts'
import { EVENT_ID, EventFixture, FIVE_ENTRIES, OPERATOR_SECRET } from './support/event-fixture.ts'

describe('late fake entries, edits and backdated locks', () => {
  const original = new EventFixture().lock().result()
  const withFake = [...FIVE_ENTRIES, { id: 'zoe', tickets: 9, reason: 0 }]
  const faked = new EventFixture({ entries: withFake }).lock().result().transcript()

  it('do not match the published transcript', () => {
    expect(check(original.transcript(), {}, withFake)).toBe(
      'list: lock 1 has entryCount 5, but the list has 6',
    )
    const edited = FIVE_ENTRIES.map((entry) => (entry.id === 'bob' ? { ...entry, tickets: 4 } : entry))
    expect(check(original.transcript(), {}, edited)).toBe(
      'list: lock 1 has totalTickets 10, but the list has 11',
    )
    const moved = FIVE_ENTRIES.map((entry) =>
      entry.id === 'bob' ? { ...entry, tickets: 1 } : entry.id === 'dave' ? { ...entry, tickets: 3 } : entry,
    )
    expect(check(original.transcript(), {}, moved)).toContain('list: lock 1 has entriesRoot')
    expect(check(original.transcript(), {}, FIVE_ENTRIES.slice(1))).toContain('list: lock 1 has entryCount 5')
  })

  it('in a transcript rewritten as a whole are only consistent, and a stored lock or head exposes them', () => {
    expect(verifyDraw(faked, withFake)).toMatchObject({ ok: true, level: 'consistent', anchors: [] })
    const lockHash = recordHash(recordOf(original.records, 'lock'))
    expect(check(faked, { anchors: { lockHash } }, withFake)).toBe(
      'anchors: the known lock is not in this chain',
    )
    expect(check(faked, { anchors: { head: lockHash } }, withFake)).toBe(
      'anchors: the known head is not in this chain',
    )
    expect(
      verifyDraw(original.transcript(), FIVE_ENTRIES, { anchors: { lockHash, head: lockHash } }),
    ).toMatchObject({
      level: 'anchored',
      anchors: [{ kind: 'lock-hash' }, { kind: 'head' }],
    })
  })

  it('cannot be hidden by another lock time: with a beacon it leads to another round', () => {
    const { records } = quicknetEvent()
    const lock = recordOf(records, 'lock')
    const later = rewritten(records, lock.seq, { at: '2023-08-23T15:15:06.000Z' })
    expect(check(later)).toBe('round: lock 1 names round 123, but its time and rules give 124')
    const earlier = rewritten(records, lock.seq, { at: '2023-08-23T15:14:03.000Z' })
    expect(check(earlier)).toBe('round: lock 1 names round 123, but its time and rules give 103')
  })

  it('cannot come before the promised end', () => {
    const event = new EventFixture({ rules: { endsAt: '2026-01-31T09:00:30.000Z' } }).lock().result()
    expect(check(event.transcript())).toBe('ok')
    expect(check(rewritten(event.records, 1, { at: '2026-01-31T09:00:29.999Z' }))).toBe(
      'rules: lock 1 is from 2026-01-31T09:00:29.999Z, but the rules say that the event ends at 2026-01-31T09:00:30.000Z',
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
    person: toHex(personHash(salt, phone)),
    visited: 1 as const,
    n: 1,
    at: '2026-01-31T09:00:10.000Z',
  }
  const receipt = signReceipt(OPERATOR_SECRET, fields)

  it('has a receipt that agrees with the true list', () => {
    const verification = verifyDraw(event.transcript(), entries, { anchors: { receipt, operatorKey } })
    expect(verification).toMatchObject({
      ok: true,
      level: 'anchored',
      anchors: [
        { kind: 'receipt', message: 'the entry of the receipt is in the locked list with 3 tickets' },
        { kind: 'operator-key' },
      ],
    })
  })

  it('is found missing: a list without the entry does not match the receipt', () => {
    const without = entries.filter((entry) => entry.id !== id)
    const other = new EventFixture({ entries: without, rules }).lock().result()
    expect(check(other.transcript(), { anchors: { receipt } }, without)).toBe(
      'anchors: the entry of the receipt is not in the locked list',
    )
  })

  it('is found where the visit was removed, and shown where it was excluded', () => {
    const unvisited = entries.map((entry) => (entry.id === id ? { ...entry, tickets: 1 } : entry))
    const one = new EventFixture({ entries: unvisited, rules }).lock().result()
    expect(check(one.transcript(), { anchors: { receipt } }, unvisited)).toBe(
      'anchors: the receipt shows a visit, which gives 3 tickets, but the list has 1',
    )
    const excluded = entries.map((entry) => (entry.id === id ? { ...entry, tickets: 0, reason: 4 } : entry))
    const two = new EventFixture({ entries: excluded, rules }).lock().result()
    const verification = verifyDraw(two.transcript(), excluded, { anchors: { receipt } })
    expect(verification).toMatchObject({
      ok: true,
      anchors: [{ message: 'the entry of the receipt is in the locked list, excluded' }],
    })
    expect(verification.ok && verification.warnings.map((warning) => warning.code)).toContain(
      'excluded-entry',
    )
  })

  it('cannot forge a receipt, change one, or use one of another event or other rules', () => {
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
    expect(anchored({ ...receipt, extra: 1 })).toBe('anchors: receipt: unknown key: extra')
  })

  it('has a receipt for one person only: two entrants cannot receive the same one', () => {
    // two phones: the holder of the other number gets the salt of the entry and finds another person
    expect(isReceiptOf(receipt.receipt, salt, phone)).toBe(true)
    expect(isReceiptOf(receipt.receipt, salt, '+821087654321')).toBe(false)
    expect(isReceiptOf(receipt.receipt, new Uint8Array(16), '+821087654321')).toBe(false)
    // one id under two application numbers, signed by the operator: the verifier finds it without any salt
    const renumbered = signReceipt(OPERATOR_SECRET, { ...fields, applicationNumber: 'K7M2-9QXB' })
    expect(isReceiptOf(renumbered.receipt, salt, phone)).toBe(false)
    const other = entrant(1)
    const reassigned = signReceipt(OPERATOR_SECRET, { ...fields, person: other.person })
    expect(isReceiptOf(reassigned.receipt, other.salt, other.phone)).toBe(false)
    for (const shared of [renumbered, reassigned]) {
      expect(check(event.transcript(), { anchors: { receipt: shared } }, entries)).toBe(
        "anchors: the receipt's application number and person do not lead to its entry",
      )
    }
  })
})
