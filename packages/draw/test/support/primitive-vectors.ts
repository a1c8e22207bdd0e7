import { canonicalJson } from '../../src/encoding/canonical-json.ts'
import { parseHex, toHex } from '../../src/encoding/hex.ts'
import { entryId, personHash } from '../../src/list/entry-id.ts'
import { entryTree } from '../../src/list/entry-tree.ts'
import { type Entry, toEntryList } from '../../src/list/index.ts'
import { inclusionProof } from '../../src/receipts/inclusion-proof.ts'
import { isReceiptOf, isReceiptSignature, type Receipt, signReceipt } from '../../src/receipts/receipt.ts'
import { drawSeed } from '../../src/records/draw-seed.ts'
import { type ChainRecord, recordHash } from '../../src/records/record.ts'
import { createSeedChain } from '../../src/records/seed-chain.ts'
import { operatorKeyOf } from '../../src/records/signature.ts'
import { textHash } from '../../src/records/text-hash.ts'
import { SeededStream } from '../../src/sampling/seeded-stream.ts'
import { strikeOut } from '../../src/sampling/strike-out.ts'
import { uniformInteger } from '../../src/sampling/uniform-integer.ts'
import { beaconVectors, roundVectors } from './beacon-vectors.ts'
import {
  EVENT_ID,
  EventFixture,
  FIVE_ENTRIES,
  LAST_SECRET,
  OPERATOR_SECRET,
  QUICKNET_ROUNDS,
} from './event-fixture.ts'

/** Inputs and outputs of every piece of the protocol. */
export function primitiveVectors() {
  return {
    stream: seeds().map((seed) => ({ seed, bytes: streamBytes(seed, 128) })),
    below: boundedVectors(),
    seedChains: [1, 2, 4].map((length) => {
      const chain = createSeedChain(EVENT_ID, LAST_SECRET, length)
      const secrets = Array.from({ length }, (_, at) => chain.secretFor(at + 1))
      return { eventId: EVENT_ID, commitment: chain.commitment, secrets }
    }),
    entryIds: entryIdVectors(),
    texts: ['abc', '1등 커피 쿠폰 3명', ''].map((text) => ({ text, textHash: textHash(text) })),
    lists: lists().map((entries) => listVector(entries)),
    seeds: seedVectors(),
    samples: sampleVectors(),
    records: recordVectors(),
    receipts: receiptVectors(),
    rounds: roundVectors(),
    beacons: beaconVectors(),
  }
}

function seeds(): string[] {
  return ['00'.repeat(32), `${'00'.repeat(31)}01`, toHex(LAST_SECRET), 'ff'.repeat(32)]
}

function streamBytes(seed: string, count: number): string {
  const stream = new SeededStream(parseHex(seed, 32, 'seed'))
  const bytes = new Uint8Array(count)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < count; at += 4) view.setUint32(at, stream.nextUint32(), true)
  return toHex(bytes)
}

function boundedVectors() {
  // limits just above 2^52 reject almost every second word
  const limits = [
    1,
    2,
    3,
    10,
    1000,
    4294967296,
    4294967297,
    2 ** 52,
    2 ** 52 + 1,
    2 ** 52 + 1,
    2 ** 52 + 1,
    2 ** 53 - 1,
  ]
  return seeds().map((seed) => {
    const stream = new SeededStream(parseHex(seed, 32, 'seed'))
    return { seed, limits, values: limits.map((limit) => uniformInteger(stream, limit)) }
  })
}

function entryIdVectors() {
  const inputs = [
    ['K7M2-9QXA', '09', '+821012345678'],
    ['K7M2-9QXB', '00', '+82212345678'],
    ['A', 'ff', '+12'],
  ] as const
  return inputs.map(([applicationNumber, byte, phone]) => {
    const salt = byte.repeat(16)
    const person = personHash(parseHex(salt, 16, 'salt'), phone)
    return {
      eventId: EVENT_ID,
      applicationNumber,
      salt,
      phone,
      person: toHex(person),
      id: entryId(EVENT_ID, applicationNumber, person),
    }
  })
}

function lists(): Entry[][] {
  const entriesOf = (size: number) =>
    Array.from({ length: size }, (_, at) =>
      at % 4 === 3
        ? { id: `Entry_${(at * 7) % size}`, tickets: 0, reason: 1 + (at % 7) }
        : { id: `Entry_${(at * 7) % size}`, tickets: 1 + ((at * at) % 5), reason: 0 },
    )
  const odd = ['a', 'B', '_', 'aa', '-', '0', ':', '@', 'Z', '.', '+', 'x'.repeat(64)]
  return [
    [...FIVE_ENTRIES],
    [{ id: 'only', tickets: 2 ** 53 - 1, reason: 0 }],
    odd.map((id) => ({ id, tickets: 2 ** 40, reason: 0 })),
    entriesOf(13),
    entriesOf(300),
  ]
}

function listVector(entries: Entry[]) {
  const list = toEntryList(entries)
  const tree = entryTree(list)
  const indexes = [...new Set([0, 1, list.size >>> 1, list.size - 1])].filter((index) => index < list.size)
  return {
    eventId: EVENT_ID,
    entries,
    entryCount: list.size,
    eligibleCount: list.eligibleCount,
    totalTickets: list.totalTickets,
    entriesRoot: tree.root(EVENT_ID),
    proofs: indexes.map((index) => ({
      ...inclusionProof(tree, index),
      offset: offsetOf(list.tickets, index),
    })),
  }
}

function offsetOf(tickets: Float64Array, index: number): number {
  return tickets.subarray(0, index).reduce((sum, own) => sum + own, 0)
}

function seedVectors() {
  const entriesRoot = entryTree(toEntryList(FIVE_ENTRIES)).root(EVENT_ID)
  const chain = createSeedChain(EVENT_ID, LAST_SECRET, 2)
  const [, { round, signature }] = QUICKNET_ROUNDS
  const chainHash = '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971'
  const base = { eventId: EVENT_ID, attempt: 1, entriesRoot, serverSeed: chain.secretFor(1), beacon: null }
  return [
    base,
    { ...base, beacon: { chainHash, round, signature } },
    { ...base, attempt: 2, serverSeed: chain.secretFor(2) },
    { ...base, serverSeed: null, beacon: { chainHash, round, signature } },
  ].map((input) => ({ ...input, seed: drawSeed(input) }))
}

function sampleVectors() {
  const five = FIVE_ENTRIES.map((entry) => entry.tickets)
  const [first, beacon, second] = seedVectors().map((vector) => vector.seed) as [string, string, string]
  const inputs = [
    { tickets: five, count: 3, seed: first, struck: [] },
    { tickets: five, count: 3, seed: beacon, struck: [] },
    { tickets: five, count: 1, seed: second, struck: [0, 1, 3] },
    { tickets: [2 ** 52, 2 ** 52 - 2, 1], count: 3, seed: first, struck: [] },
    {
      tickets: Array.from({ length: 300 }, (_, at) => (at * at) % 7),
      count: 40,
      seed: beacon,
      struck: [1, 2, 299],
    },
  ]
  return inputs.map((input) => {
    const stream = new SeededStream(parseHex(input.seed, 32, 'seed'))
    const sample = strikeOut(Float64Array.from(input.tickets), input.count, stream, input.struck)
    return {
      ...input,
      indexes: [...sample.indexes],
      remaining: [...sample.remaining],
      values: [...sample.values],
    }
  })
}

function recordVectors() {
  const event = new EventFixture().lock().result().withdraw(1)
  const cancelled = new EventFixture({
    rules: { visitBonus: null, visitProof: 'rotating', drawAt: '2026-03-01T00:00:00.000Z', claimDays: null },
  }).cancel()
  return [...event.records, ...cancelled.records].map((record: ChainRecord) => ({
    record,
    jcs: canonicalJson(record),
    hash: recordHash(record),
  }))
}

function receiptVectors() {
  const operatorKey = operatorKeyOf(OPERATOR_SECRET)
  const phone = '+821012345678'
  const signed = signReceipt(OPERATOR_SECRET, {
    eventId: EVENT_ID,
    rules: 'ab'.repeat(32),
    id: 'jwR_2DIMT175uATW8nVCAvFUiyI5KoXhbRuZZZz2gRI',
    applicationNumber: 'K7M2-9QXA',
    person: '75e2006186b9ea10ec6f17995c684a73cc9b4c78876589067781c36d08ba2a3e',
    visited: 1,
    n: 1,
    at: '2026-01-31T09:00:00.000Z',
  })
  const salt = '09'.repeat(16)
  const changed = (change: Partial<Receipt>) => ({ ...signed, receipt: { ...signed.receipt, ...change } })
  return [
    signed,
    changed({ visited: 0 }),
    changed({ applicationNumber: 'K7M2-9QXB' }),
    changed({ person: '00'.repeat(32) }),
  ].map((receipt) => ({
    operatorKey,
    salt,
    phone,
    ...receipt,
    signed: isReceiptSignature(operatorKey, receipt),
    belongs: isReceiptOf(receipt.receipt, parseHex(salt, 16, 'salt'), phone),
  }))
}
