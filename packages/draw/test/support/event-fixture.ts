import { bls12_381 } from '@noble/curves/bls12-381.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { type BeaconChain, QUICKNET } from '../../src/beacon/beacon-chain.ts'
import { toHex } from '../../src/encoding/hex.ts'
import { u64 } from '../../src/encoding/preimage.ts'
import { entryTree } from '../../src/list/entry-tree.ts'
import type { EntryInput } from '../../src/list/index.ts'
import { toEntryList } from '../../src/list/index.ts'
import {
  firstRules,
  listSummary,
  nextCancel,
  nextLock,
  nextResult,
  nextRules,
  nextWithdraw,
  type RulesFields,
} from '../../src/records/index.ts'
import { type ChainRecord, PER_ENTRY, recordHash, type WithdrawReason } from '../../src/records/record.ts'
import { createSeedChain } from '../../src/records/seed-chain.ts'
import { operatorKeyOf, signRecordHash } from '../../src/records/signature.ts'
import { buildTranscript, type Opening, type Transcript } from '../../src/records/transcript.ts'

export const EVENT_ID = '0190a6f0-0000-7000-8000-000000000001'
export const OPERATOR_SECRET = new Uint8Array(32).fill(7)
export const LAST_SECRET = Uint8Array.from({ length: 32 }, (_, at) => at)

/** The five entries of the first vector. */
export const FIVE_ENTRIES = [
  { id: 'alice', tickets: 5, reason: 0 },
  { id: 'bob', tickets: 3, reason: 0 },
  { id: 'carol', tickets: 1, reason: 0 },
  { id: 'dave', tickets: 1, reason: 0 },
  { id: 'erin', tickets: 0, reason: 1 },
] as const

/** A beacon chain with a public secret: what an operator's own chain would be. */
const TEST_BEACON_SECRET = 7n
export const TEST_CHAIN: BeaconChain = {
  ...QUICKNET,
  name: 'test chain',
  hash: 'ab'.repeat(32),
  publicKey: toHex(bls12_381.shortSignatures.getPublicKey(secretBytes(TEST_BEACON_SECRET)).toBytes(true)),
}

/** The test chain's signature of a round. */
export function testBeaconSignature(round: number): string {
  const { shortSignatures } = bls12_381
  const message = shortSignatures.hash(sha256(u64(round)), 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_')
  return toHex(shortSignatures.sign(message, secretBytes(TEST_BEACON_SECRET)).toBytes(true))
}

/** Rounds of the real quicknet, with a lock time 30 seconds before each. */
export const QUICKNET_ROUNDS = [
  {
    round: 123,
    lockAt: '2023-08-23T15:15:03.000Z',
    signature:
      'b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92',
    randomness: 'fb8f7bc29bf24db51871ec8c79f3a1e4bd0557bc0dfcee9ed1d924e69d1c60dc',
  },
  {
    round: 1000,
    lockAt: '2023-08-23T15:58:54.000Z',
    signature:
      'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39',
    randomness: 'fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd',
  },
] as const

function quicknetSignature(round: number): string {
  const known = QUICKNET_ROUNDS.find((candidate) => candidate.round === round)
  if (known === undefined) throw new RangeError(`the fixture does not know quicknet's round ${round}`)
  return known.signature
}

/** An event that is led through its records one by one, as a server would; times are a minute apart. */
export class EventFixture {
  records: ChainRecord[] = []
  #ms = Date.UTC(2026, 0, 31, 9)
  readonly #secret: Uint8Array | null
  readonly #entries: EntryInput
  readonly #chain
  readonly #quicknet: boolean

  constructor(
    options: {
      entries?: EntryInput
      rules?: Partial<RulesFields>
      secret?: Uint8Array | null
      chainLength?: number
      /** The first record's time. */
      start?: string
      /** Sign with the real quicknet's rounds 123 and 1000 instead of the test chain. */
      quicknet?: boolean
    } = {},
  ) {
    if (options.start !== undefined) this.at(options.start)
    this.#quicknet = options.quicknet ?? false
    this.#entries = options.entries ?? FIVE_ENTRIES
    this.#secret = options.secret === undefined ? OPERATOR_SECRET : options.secret
    this.#chain = createSeedChain(EVENT_ID, LAST_SECRET, options.chainLength ?? 4)
    this.records.push(
      firstRules(EVENT_ID, this.now(), {
        winnerCount: 2,
        alternateCount: 1,
        visitBonus: PER_ENTRY,
        visitProof: 'static',
        endsAt: null,
        drawAt: null,
        claimDays: 14,
        sitOutMonths: 0,
        beacon: 'none',
        beaconDelay: 30,
        seedCommitment: this.#chain.commitment,
        operatorKey: this.#secret === null ? null : operatorKeyOf(this.#secret),
        textHash: 'cd'.repeat(32),
        ...options.rules,
      }),
    )
  }

  now(): Date {
    const now = new Date(this.#ms)
    this.#ms += 60_000
    return now
  }

  /** The time of the next record. */
  at(time: string): this {
    this.#ms = Date.parse(time)
    return this
  }

  amend(changes: Parameters<typeof nextRules>[2]): this {
    this.records.push(nextRules(this.records, this.now(), changes))
    return this
  }

  lock(options: { lost?: boolean; visitBonus?: 0 | 1 } = {}): this {
    const summary = listSummary(entryTree(toEntryList(this.#entries)), EVENT_ID)
    const attempt = 1 + this.records.filter((record) => record.type === 'lock').length
    const serverSeed = options.lost ? null : this.#chain.secretFor(attempt)
    this.records.push(nextLock(this.records, this.now(), summary, serverSeed, options.visitBonus))
    return this
  }

  result(): this {
    const lock = this.records.at(-1)
    const round = lock?.type === 'lock' ? lock.round : null
    const sign = this.#quicknet ? quicknetSignature : testBeaconSignature
    const signature = round === null ? null : sign(round)
    const chainHash = this.#quicknet ? QUICKNET.hash : TEST_CHAIN.hash
    this.records.push(nextResult(this.records, this.now(), this.#entries, signature, chainHash))
    return this
  }

  withdraw(slot: number, reason: WithdrawReason = 'unreachable'): this {
    this.records.push(nextWithdraw(this.records, this.now(), slot, reason))
    return this
  }

  cancel(): this {
    this.records.push(nextCancel(this.records, this.now()))
    return this
  }

  transcript(openings: readonly Opening[] = []): Transcript {
    return sealed(this.records, this.#secret, openings)
  }
}

/** Links, hashes and signs records again, as an operator who rewrites everything would. */
export function resealed(
  records: readonly ChainRecord[],
  secret: Uint8Array | null = OPERATOR_SECRET,
  openings: readonly Opening[] = [],
): Transcript {
  const linked: ChainRecord[] = []
  for (const record of records) {
    const last = linked.at(-1)
    linked.push({
      ...record,
      seq: linked.length,
      prev: last === undefined ? '0'.repeat(64) : recordHash(last),
    })
  }
  return sealed(linked, secret, openings)
}

function sealed(
  records: readonly ChainRecord[],
  secret: Uint8Array | null,
  openings: readonly Opening[],
): Transcript {
  const signatures = records.map((record) =>
    secret === null ? null : signRecordHash(secret, recordHash(record)),
  )
  return buildTranscript(records, signatures, openings)
}

function secretBytes(secret: bigint): Uint8Array {
  const bytes = new Uint8Array(32)
  bytes[31] = Number(secret)
  return bytes
}
