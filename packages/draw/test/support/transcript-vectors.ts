import { toHex } from '../../src/encoding/hex.ts'
import { entryId, personHash } from '../../src/list/entry-id.ts'
import { entryTree } from '../../src/list/entry-tree.ts'
import { type Entry, toEntryList } from '../../src/list/index.ts'
import { type InclusionProof, inclusionProof } from '../../src/receipts/inclusion-proof.ts'
import { signReceipt } from '../../src/receipts/receipt.ts'
import { type ChainRecord, recordHash } from '../../src/records/record.ts'
import { operatorKeyOf } from '../../src/records/signature.ts'
import type { Transcript } from '../../src/records/transcript.ts'
import { type Anchors, verifyDraw } from '../../src/verify/index.ts'
import {
  EVENT_ID,
  EventFixture,
  FIVE_ENTRIES,
  OPERATOR_SECRET,
  QUICKNET_ROUNDS,
  resealed,
} from './event-fixture.ts'

export interface TranscriptVector {
  readonly name: string
  readonly transcript: unknown
  readonly entries: readonly Entry[]
  readonly anchors: Anchors
  readonly ok: boolean
  /** The step that fails; null where none does. */
  readonly step: string | null
  readonly error: string | null
  readonly level: string | null
  readonly warnings: readonly string[]
  /** Proofs of all entries drawn, for the light check; the first vectors have them. */
  readonly proofs: readonly InclusionProof[]
}

/** Whole events, right and wrong, with the verdict that a verifier must reach. */
export function transcriptVectors(): TranscriptVector[] {
  return [...rightOnes(), ...wrongOnes()]
}

function vector(
  name: string,
  transcript: unknown,
  entries: readonly Entry[],
  anchors: Anchors = {},
): TranscriptVector {
  const verification = verifyDraw(transcript, entries, { anchors })
  return {
    name,
    transcript,
    entries,
    anchors,
    ok: verification.ok,
    step: verification.ok ? null : verification.step,
    error: verification.ok ? null : verification.error,
    level: verification.ok ? verification.level : null,
    warnings: verification.ok ? verification.warnings.map((warning) => warning.code) : [],
    proofs: verification.ok ? proofsOf(transcript as Transcript, entries) : [],
  }
}

function proofsOf(transcript: Transcript, entries: readonly Entry[]): InclusionProof[] {
  const tree = entryTree(toEntryList(entries))
  const drawn = transcript.records.flatMap((record) => (record.type === 'result' ? record.draws : []))
  return drawn.map(({ index }) => inclusionProof(tree, index))
}

function quicknetEvent(): EventFixture {
  const [first, second] = QUICKNET_ROUNDS
  return new EventFixture({
    start: '2023-08-23T15:00:00.000Z',
    quicknet: true,
    rules: { beacon: 'quicknet' },
  })
    .at(first.lockAt)
    .lock()
    .result()
    .withdraw(1)
    .withdraw(2, 'declined')
    .at(second.lockAt)
    .lock()
    .result()
}

function shopEvent() {
  const entries: Entry[] = Array.from({ length: 40 }, (_, at) => {
    const person = personHash(new Uint8Array(16).fill(at), `+8210${10000000 + at}`)
    const id = entryId(EVENT_ID, `A${at}`, person)
    return at % 9 === 8
      ? { id, tickets: 0, reason: 1 + (at % 7) }
      : { id, tickets: at % 3 === 0 ? 3 : 1, reason: 0 }
  })
  const event = new EventFixture({ entries, rules: { visitBonus: 2, winnerCount: 3, alternateCount: 2 } })
    .lock()
    .result()
    .withdraw(2)
  const openings = entries.map((entry, at) => ({
    id: entry.id,
    applicationNumber: `A${at}`,
    person: toHex(personHash(new Uint8Array(16).fill(at), `+8210${10000000 + at}`)),
  }))
  const winners = event.records.flatMap((record) =>
    record.type === 'result' ? record.draws.slice(0, 4) : [],
  )
  const shown = winners.map(({ index, id }) => {
    const { applicationNumber, person } = openings.find(
      (opening) => opening.id === id,
    ) as (typeof openings)[0]
    return { index, applicationNumber, person }
  })
  const receipt = signReceipt(OPERATOR_SECRET, {
    eventId: EVENT_ID,
    rules: recordHash(event.records[0] as ChainRecord),
    id: (entries[0] as Entry).id,
    applicationNumber: 'A0',
    salt: '00'.repeat(16),
    visited: 1,
    n: 1,
    at: '2026-01-31T09:00:00.000Z',
  })
  const anchors = {
    receipt,
    rulesHash: recordHash(event.records[0] as ChainRecord),
    lockHash: recordHash(event.records[1] as ChainRecord),
    operatorKey: operatorKeyOf(OPERATOR_SECRET),
    head: recordHash(event.records[2] as ChainRecord),
  }
  return { entries, event, transcript: event.transcript(shown), anchors }
}

function rightOnes(): TranscriptVector[] {
  const cli = new EventFixture({ secret: null, chainLength: 1, rules: { textHash: null } }).lock().result()
  const two = new EventFixture().lock().result().withdraw(1).withdraw(2, 'declined').lock().result()
  const open = new EventFixture({ rules: { alternateCount: 0 } }).lock().result().withdraw(1).lock()
  const [{ lockAt }] = QUICKNET_ROUNDS
  const start = '2023-08-23T15:00:00.000Z'
  const lost = new EventFixture({ start, quicknet: true, rules: { beacon: 'quicknet' } })
    .at(lockAt)
    .lock({ lost: true })
    .result()
  const amended = new EventFixture({ start, quicknet: true, rules: { endsAt: '2023-09-01T00:00:00.000Z' } })
    .amend({ winnerCount: 1, alternateCount: 0, beacon: 'quicknet', endsAt: '2023-08-23T15:10:00.000Z' })
    .at(lockAt)
    .lock()
    .result()
  const shop = shopEvent()
  return [
    vector('command line: no key, no anchors', cli.transcript(), FIVE_ENTRIES),
    vector('two attempts without a beacon', two.transcript(), FIVE_ENTRIES),
    vector('two attempts with quicknet rounds 123 and 1000', quicknetEvent().transcript(), FIVE_ENTRIES),
    vector('the second attempt is still open', open.transcript(), FIVE_ENTRIES),
    vector('the secret is lost', lost.transcript(), FIVE_ENTRIES),
    vector('rules amended to a beacon and an early close', amended.transcript(), FIVE_ENTRIES),
    vector('a shop, with openings and every anchor', shop.transcript, shop.entries, shop.anchors),
  ]
}

function wrongOnes(): TranscriptVector[] {
  const two = new EventFixture().lock().result().withdraw(1).withdraw(2, 'declined').lock().result()
  const beacon = quicknetEvent()
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
  const cases: [string, unknown, (readonly Entry[])?, Anchors?][] = [
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
    ['list: tickets beyond the visit bonus', change(two, 0, { visitBonus: 1 })],
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
  return cases.map(([name, transcript, entries = FIVE_ENTRIES, anchors = {}]) =>
    vector(name, transcript, entries, anchors),
  )
}
