import type { Drawn } from '../draw.ts'
import { canonicalJson } from '../encoding/canonical-json.ts'
import { toHex } from '../encoding/hex.ts'
import { asciiBytes, PROTOCOL, taggedHash } from '../encoding/preimage.ts'
import * as shape from '../encoding/shape.ts'

/** The sampler, the stream and their versions, as written in lock records. */
export const ALGORITHM = 'strike-out/chacha20/1'

/** `prev` of an event's first record. */
export const NO_PREVIOUS = '0'.repeat(64)

/**
 * The public reasons of a withdrawal. Records are public for good, so none of them accuses a person: what lies
 * behind `ineligible` stays private.
 */
export const WITHDRAW_REASONS = ['unreachable', 'deadline', 'declined', 'ineligible', 'withdrawn'] as const
export type WithdrawReason = (typeof WITHDRAW_REASONS)[number]

/** The maximum number of winners and alternates of one draw, taken together. */
export const MAX_DRAWN = 10_000

export type BeaconMode = 'none' | 'quicknet'

/** In place of a visit bonus: each entry has its own number of tickets. */
export const PER_ENTRY = 'per-entry'

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
  /**
   * Extra tickets for a visit; null where lock 1 decides between none and one; 'per-entry' where each entry has
   * its own number of tickets.
   */
  readonly visitBonus: number | typeof PER_ENTRY | null
  /** What counts as a visit: a printed code or a mark by staff; or a code that changes all the time. */
  readonly visitProof: 'static' | 'rotating'
  readonly endsAt: string | null
  /** The time of the automatic draw; null where the operator draws by hand. */
  readonly drawAt: string | null
  /** Days from the announcement within which a winner has to claim the prize; null without a limit. */
  readonly claimDays: number | null
  /** Months for which winners of the operator's earlier events sit out; 0: they take part. */
  readonly sitOutMonths: number
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
  /** In attempt 1 the number of the rules, or as many as are left after the winners. */
  readonly alternateCount: number
  /** Extra tickets for a visit in the locked list, or 'per-entry'. */
  readonly visitBonus: number | typeof PER_ENTRY
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

/** Ends the chain of an event that was never locked. */
export interface CancelRecord extends RecordHead {
  readonly type: 'cancel'
}

export type ChainRecord = RulesRecord | LockRecord | ResultRecord | WithdrawRecord | CancelRecord

const count = shape.integer(1, MAX_DRAWN)
const countOrZero = shape.integer(0, MAX_DRAWN)
const entryCount = shape.integer(1, 2 ** 31 - 1)
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
  index: shape.integer(0, 2 ** 31 - 2),
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
    visitBonus: shape.nullOr(shape.integerOr(PER_ENTRY, 0)),
    visitProof: shape.oneOf('static', 'rotating'),
    endsAt: shape.nullOr(shape.instant),
    drawAt: shape.nullOr(shape.instant),
    claimDays: shape.nullOr(shape.integer(1, 365)),
    sitOutMonths: shape.integer(0, 120),
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
    entryCount,
    eligibleCount: entryCount,
    totalTickets: shape.integer(1),
    entriesRoot: shape.hex(32),
    winnerCount: count,
    alternateCount: countOrZero,
    visitBonus: shape.integerOr(PER_ENTRY, 0),
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
  cancel: shape.object({ ...head, type: shape.oneOf('cancel') }),
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
    throw new shape.ShapeError(
      `${path}.type must be ${Object.keys(SHAPES).join(' or ')}, got ${String(type)}`,
    )
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
