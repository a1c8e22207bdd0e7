import type { Drawn } from '../draw.ts'
import { canonicalJson } from '../encoding/canonical-json.ts'
import { toHex } from '../encoding/hex.ts'
import { asciiBytes, PROTOCOL, taggedHash } from '../encoding/preimage.ts'
import * as shape from '../encoding/shape.ts'

/** The sampler, the stream and their versions, as written in lock records. */
export const ALGORITHM = 'strike-out/chacha20/1'

/** `prev` of an event's first record. */
export const NO_PREVIOUS = '0'.repeat(64)

export const WITHDRAW_REASONS = [
  'unreachable',
  'deadline',
  'declined',
  'ineligible',
  'duplicate',
  'fraud',
  'withdrawn',
  'other',
] as const
export type WithdrawReason = (typeof WITHDRAW_REASONS)[number]

export type BeaconMode = 'none' | 'quicknet'

interface RecordHead {
  readonly v: typeof PROTOCOL
  readonly eventId: string
  /** From 0, without gaps. */
  readonly seq: number
  /** recordHash of the record before, or 64 zeros. */
  readonly prev: string
  /** `YYYY-MM-DDTHH:MM:SS.sssZ`, never going back. */
  readonly at: string
}

/** What an entrant may rely on; the first rules record is published before any entry. */
export interface RulesRecord extends RecordHead {
  readonly type: 'rules'
  readonly winnerCount: number
  readonly alternateCount: number
  /** Extra tickets for a visit; null where each entry has its own number of tickets. */
  readonly visitBonus: number | null
  readonly endsAt: string | null
  readonly beacon: BeaconMode
  /** Seconds from the lock to its beacon round, 15 to 604,800. */
  readonly beaconDelay: number
  readonly seedCommitment: string
  /** Ed25519 public key of the operator. */
  readonly operatorKey: string | null
  /** {@link textHash} of the text that entrants see. */
  readonly textHash: string | null
}

/** Freezes the list, and reveals the secret of an attempt. */
export interface LockRecord extends RecordHead {
  readonly type: 'lock'
  readonly attempt: number
  readonly algorithm: typeof ALGORITHM
  readonly entryCount: number
  readonly eligibleCount: number
  readonly totalTickets: number
  readonly entriesRoot: string
  readonly winnerCount: number
  readonly alternateCount: number
  /** s_attempt; null where it is lost. */
  readonly serverSeed: string | null
  /** The drand round that the draw waits for; null without a beacon. */
  readonly round: number | null
}

/** Follows its lock directly. */
export interface ResultRecord extends RecordHead {
  readonly type: 'result'
  readonly attempt: number
  /** The beacon round's signature; null without a beacon. */
  readonly signature: string | null
  readonly seed: string
  readonly draws: readonly Drawn[]
}

/** Empties a prize slot, and fills it with the lowest waiting rank, if there is one. */
export interface WithdrawRecord extends RecordHead {
  readonly type: 'withdraw'
  readonly slot: number
  readonly reason: WithdrawReason
  readonly filledBy: number | null
}

export type ChainRecord = RulesRecord | LockRecord | ResultRecord | WithdrawRecord

const count = shape.integer(1, 2 ** 31 - 1)
const countOrZero = shape.integer(0, 2 ** 31 - 1)
const attempt = shape.integer(1, 256)

const head = {
  v: shape.oneOf(PROTOCOL),
  eventId: shape.shortText,
  seq: shape.integer(0),
  prev: shape.hex(32),
  at: shape.instant,
}

const drawn = /*#__PURE__*/ shape.object({
  rank: count,
  index: countOrZero,
  id: shape.idText,
  tickets: shape.integer(1),
  remaining: shape.integer(1),
  r: shape.integer(0),
})

const SHAPES = {
  rules: shape.object({
    ...head,
    type: shape.oneOf('rules'),
    winnerCount: count,
    alternateCount: countOrZero,
    visitBonus: shape.nullOr(shape.integer(0)),
    endsAt: shape.nullOr(shape.instant),
    beacon: shape.oneOf('none', 'quicknet'),
    beaconDelay: shape.integer(15, 604800),
    seedCommitment: shape.hex(32),
    operatorKey: shape.nullOr(shape.hex(32)),
    textHash: shape.nullOr(shape.hex(32)),
  }),
  lock: shape.object({
    ...head,
    type: shape.oneOf('lock'),
    attempt,
    algorithm: shape.oneOf(ALGORITHM),
    entryCount: count,
    eligibleCount: count,
    totalTickets: shape.integer(1),
    entriesRoot: shape.hex(32),
    winnerCount: count,
    alternateCount: countOrZero,
    serverSeed: shape.nullOr(shape.hex(32)),
    round: shape.nullOr(shape.integer(1)),
  }),
  result: shape.object({
    ...head,
    type: shape.oneOf('result'),
    attempt,
    signature: shape.nullOr(shape.hex(48)),
    seed: shape.hex(32),
    draws: shape.arrayOf(drawn),
  }),
  withdraw: shape.object({
    ...head,
    type: shape.oneOf('withdraw'),
    slot: count,
    reason: shape.oneOf(...WITHDRAW_REASONS),
    filledBy: shape.nullOr(count),
  }),
}

/**
 * Checks parsed JSON: a record with exactly the keys and spellings of its type.
 * @throws {ShapeError} that starts with the path of the wrong value
 * @example
 * // after the example of firstRules
 * import { parseRecord } from '@eungmo/draw/records'
 *
 * parseRecord(JSON.parse(JSON.stringify(rules))).type // => 'rules'
 */
export function parseRecord(value: unknown, path = 'record'): ChainRecord {
  if (typeof value !== 'object' || value === null) throw new shape.ShapeError(`${path} must be an object`)
  const type = (value as { type?: unknown }).type
  if (typeof type !== 'string' || !Object.hasOwn(SHAPES, type)) {
    throw new shape.ShapeError(`${path}.type must be rules, lock, result or withdraw, got ${String(type)}`)
  }
  SHAPES[type as ChainRecord['type']](value, path)
  return value as ChainRecord
}

/**
 * H(T("record") || JCS(record)), in hex.
 * @example
 * // after the example of firstRules
 * import { recordHash } from '@eungmo/draw/records'
 *
 * recordHash(rules).length // => 64
 */
export function recordHash(record: ChainRecord): string {
  return toHex(taggedHash('record', [asciiBytes(canonicalJson(record))]))
}
