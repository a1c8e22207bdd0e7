import type { Entry } from '../../src/list/index.ts'
import { signReceipt } from '../../src/receipts/receipt.ts'
import { type ChainRecord, recordHash } from '../../src/records/record.ts'
import type { Anchors } from '../../src/verify/index.ts'
import { entrant, receiptFor } from './entrants.ts'
import { EventFixture, FIVE_ENTRIES, OPERATOR_SECRET, QUICKNET_ROUNDS, resealed } from './event-fixture.ts'
import { quicknetRedraw, shopEvent } from './vector-events.ts'

/** Name, transcript, and where they matter the list and the anchors. */
export type WrongCase = [name: string, transcript: unknown, entries?: readonly Entry[], anchors?: Anchors]

/** Transcripts, lists and anchors with an error: the name begins with the step that fails. */
export function wrongCases(): WrongCase[] {
  const two = new EventFixture().lock().result().withdraw(1).withdraw(2, 'declined').lock().result()
  const beacon = quicknetRedraw()
  const shop = shopEvent()
  const good = two.transcript()
  const change = (event: EventFixture, seq: number, fields: object) =>
    resealed(
      event.records.map((record, at) => (at === seq ? ({ ...record, ...fields } as ChainRecord) : record)),
    )
  const raw = (seq: number, fields: object) => ({
    ...good,
    records: good.records.map((record, at) => (at === seq ? { ...record, ...fields } : record)),
  })
  const after = (event: EventFixture, record: ChainRecord) =>
    resealed([...event.records, { ...record, at: (event.records.at(-1) as ChainRecord).at }])
  const cancelled = new EventFixture().amend({ winnerCount: 3 }).cancel()
  const twoTickets = resealed(
    two.records.map((record) =>
      record.type === 'rules'
        ? { ...record, visitBonus: null }
        : record.type === 'lock'
          ? { ...record, visitBonus: 2 }
          : record,
    ),
  )
  const late = new EventFixture().amend({ claimDays: 7 }).lock().result()
  const amendedSitOut = change(late, 1, { sitOutMonths: 3 })
  return [
    ['shapes: a boolean', raw(1, { attempt: true })],
    ['shapes: a float', raw(1, { totalTickets: 10.5 })],
    [
      'shapes: upper-case hex',
      raw(1, { serverSeed: String((good.records[1] as { serverSeed?: string }).serverSeed).toUpperCase() }),
    ],
    ['shapes: an unknown key', raw(1, { note: 'x' })],
    ['shapes: a time that does not exist', raw(1, { at: '2026-02-30T09:00:00.000Z' })],
    [
      'chain: a record left out',
      { ...good, records: good.records.toSpliced(3, 1), signatures: good.signatures.toSpliced(3, 1) },
    ],
    [
      'chain: two locks',
      resealed([two.records[0], two.records[1], two.records[1], two.records[2]] as ChainRecord[]),
    ],
    ['chain: going back in time', change(two, 3, { at: '2026-01-31T09:00:00.000Z' })],
    ['shapes: a reason that accuses', raw(3, { reason: 'fraud' })],
    ['shapes: the rules are left open', raw(0, { visitBonus: 'open' })],
    ['shapes: more than 10,000 winners', raw(0, { winnerCount: 10_001 })],
    ['chain: a record after the cancellation', after(cancelled, two.records[1] as ChainRecord), []],
    ['chain: cancelled twice', after(cancelled, cancelled.records[2] as ChainRecord), []],
    ['chain: cancelled once drawn', after(two, cancelled.records[2] as ChainRecord)],
    ['rules: more than 10,000 winners and alternates', change(two, 0, { alternateCount: 10_000 })],
    ['rules: a lock before the time of the draw', change(two, 0, { drawAt: '2026-02-01T00:00:00.000Z' })],
    ['rules: a bonus that was not promised', change(two, 1, { visitBonus: 1 })],
    ['rules: another bonus in the second lock', change(two, 5, { visitBonus: 1 })],
    ['rules: a bonus of two decided at the lock', twoTickets],
    ['rules: fewer alternates than are left', change(two, 1, { alternateCount: 0 })],
    ['rules: other months to sit out', amendedSitOut],
    ['rules: another winnerCount', change(two, 1, { winnerCount: 1, alternateCount: 2 })],
    ['seed-chain: another secret', change(two, 1, { serverSeed: '55'.repeat(32) })],
    ['seed-chain: no secret and no beacon', change(two, 1, { serverSeed: null })],
    ['list: an entry more', good, [...FIVE_ENTRIES, { id: 'zoe', tickets: 1, reason: 0 }]],
    [
      'list: a ticket moved',
      good,
      FIVE_ENTRIES.map((entry) =>
        entry.id === 'bob'
          ? { ...entry, tickets: 2 }
          : entry.id === 'dave'
            ? { ...entry, tickets: 2 }
            : entry,
      ),
    ],
    ['list: another root in the second lock', change(two, 5, { entriesRoot: '00'.repeat(32) })],
    [
      'list: tickets beyond the visit bonus',
      resealed(
        two.records.map((record) =>
          record.type === 'rules' || record.type === 'lock' ? { ...record, visitBonus: 1 } : record,
        ),
      ),
    ],
    ['list: a reserved reason', good, FIVE_ENTRIES.map((entry) => ({ ...entry, reason: entry.reason && 6 }))],
    ['list: a list of a cancelled event', cancelled.transcript()],
    ['round: another time of the lock', change(beacon, 1, { at: '2023-08-23T15:15:06.000Z' })],
    ['round: none named', change(beacon, 1, { round: null })],
    ['signature: of another round', change(beacon, 2, { signature: QUICKNET_ROUNDS[1].signature })],
    ['signature: missing', change(beacon, 2, { signature: null })],
    ['seed: another', change(two, 2, { seed: '00'.repeat(32) })],
    [
      'draws: turned round',
      change(two, 2, { draws: [...(two.records[2] as { draws: object[] } & ChainRecord).draws].reverse() }),
    ],
    ['vacancies: a waiting alternate passed over', change(two, 3, { filledBy: null })],
    [
      'openings: of another person',
      {
        ...shop.transcript,
        openings: shop.transcript.openings.map((opening) => ({ ...opening, person: '00'.repeat(32) })),
      },
      shop.entries,
    ],
    ['head-and-signatures: another head', { ...good, head: '00'.repeat(32) }],
    ['head-and-signatures: another key', resealed(two.records, new Uint8Array(32).fill(9))],
    ['head-and-signatures: not signed', { ...good, signatures: good.signatures.map(() => null) }],
    ['anchors: another lock was seen', good, FIVE_ENTRIES, { lockHash: '00'.repeat(32) }],
    ['anchors: another head', good, FIVE_ENTRIES, { head: '00'.repeat(32) }],
    ['anchors: another key is known', good, FIVE_ENTRIES, { operatorKey: '00'.repeat(32) }],
    [
      'anchors: a receipt of another event',
      good,
      FIVE_ENTRIES,
      { receipt: { ...shop.anchors.receipt, receipt: { ...shop.anchors.receipt.receipt, eventId: 'x' } } },
    ],
    [
      'anchors: a receipt whose id stands for another number',
      shop.transcript,
      shop.entries,
      { receipt: receiptFor(shop.event, entrant(0), { applicationNumber: 'A1' }) },
    ],
    [
      'anchors: a receipt whose id stands for another person',
      shop.transcript,
      shop.entries,
      { receipt: receiptFor(shop.event, entrant(0), { person: entrant(1).person }) },
    ],
    [
      'anchors: a receipt that is not in the list',
      good,
      FIVE_ENTRIES,
      {
        receipt: signReceipt(OPERATOR_SECRET, {
          ...shop.anchors.receipt.receipt,
          rules: recordHash(two.records[0] as ChainRecord),
        }),
      },
    ],
  ]
}
