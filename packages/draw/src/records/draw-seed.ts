import { parseHex, toHex } from '../encoding/hex.ts'
import { portableSha256, shortAscii, taggedHash, u32, u64 } from '../encoding/preimage.ts'

/** The beacon's part of a seed. */
export interface BeaconInput {
  /** Hash of the drand chain, in hex. */
  readonly chainHash: string
  readonly round: number
  /** The round's signature, 48 bytes in hex. */
  readonly signature: string
}

export interface SeedInput {
  readonly eventId: string
  readonly attempt: number
  readonly entriesRoot: string
  /** null where the secret is lost: 32 zero bytes replace it. */
  readonly serverSeed: string | null
  /** null without a beacon. */
  readonly beacon: BeaconInput | null
}

/**
 * The seed of an attempt, in hex: H(T("seed") || S(eventId) || u32 attempt || entriesRoot || serverSeed ||
 * B), B = 00, or 01 || chainHash || u64 round || H(signature). It contains no time, count or text that
 * could be varied until the winner is the wanted one.
 * @throws {RangeError} that names the value which is not hex of the right length
 * @example
 * import { drawSeed } from '@eungmo/draw/records'
 *
 * const seed = drawSeed({
 *   eventId: 'spring-draw',
 *   attempt: 1,
 *   entriesRoot: 'ab'.repeat(32),
 *   serverSeed: 'cd'.repeat(32),
 *   beacon: null,
 * })
 * seed.length // => 64
 */
export function drawSeed({ eventId, attempt, entriesRoot, serverSeed, beacon }: SeedInput): string {
  return toHex(
    taggedHash('seed', [
      shortAscii(eventId, 'eventId'),
      u32(attempt),
      parseHex(entriesRoot, 32, 'entriesRoot'),
      serverSeed === null ? new Uint8Array(32) : parseHex(serverSeed, 32, 'serverSeed'),
      ...(beacon === null ? [Uint8Array.of(0)] : beaconParts(beacon)),
    ]),
  )
}

function beaconParts({ chainHash, round, signature }: BeaconInput): Uint8Array[] {
  return [
    Uint8Array.of(1),
    parseHex(chainHash, 32, 'chainHash'),
    u64(round),
    portableSha256(parseHex(signature, 48, 'signature')),
  ]
}
