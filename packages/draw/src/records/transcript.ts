import { PROTOCOL } from '../encoding/preimage.ts'
import * as shape from '../encoding/shape.ts'
import { type ChainRecord, parseRecord, recordHash } from './record.ts'

/**
 * Shows which application number and person an entry id stands for; outside the records, so that it can be
 * erased.
 */
export interface Opening {
  readonly index: number
  readonly applicationNumber: string
  /** personHash, in hex. */
  readonly person: string
}

/** All that is published of an event's draws, except the entries. */
export interface Transcript {
  readonly v: typeof PROTOCOL
  readonly records: readonly ChainRecord[]
  /** For each record, Ed25519 over T("sig") || recordHash; null only where the rules have no key. */
  readonly signatures: readonly (string | null)[]
  readonly openings: readonly Opening[]
  /** recordHash of the last record. */
  readonly head: string
}

const checkTranscript = /*#__PURE__*/ shape.object({
  v: shape.oneOf(PROTOCOL),
  records: shape.arrayOf((value, path) => void parseRecord(value, path)),
  signatures: shape.arrayOf(shape.nullOr(shape.hex(64))),
  openings: shape.arrayOf(
    shape.object({
      index: shape.integer(0, 2 ** 31 - 2),
      applicationNumber: shape.shortText,
      person: shape.hex(32),
    }),
  ),
  head: shape.hex(32),
})

/**
 * A transcript of records, their signatures and openings.
 * @param openings defaults to none
 * @throws {ShapeError} that starts with the path of the wrong value, {RangeError} without a record
 * @example
 * // after the example of nextResult
 * import { buildTranscript } from '@eungmo/draw/records'
 *
 * const transcript = buildTranscript([rules, lock, result], [null, null, null])
 * transcript.records.length // => 3
 */
export function buildTranscript(
  records: readonly ChainRecord[],
  signatures: readonly (string | null)[],
  openings: readonly Opening[] = [],
): Transcript {
  const last = records.at(-1)
  if (last === undefined) throw new RangeError('a transcript needs a record')
  return parseTranscript({ v: PROTOCOL, records, signatures, openings, head: recordHash(last) })
}

/**
 * Checks parsed JSON: a transcript with exactly its keys and spellings.
 * @throws {ShapeError} that starts with the path of the wrong value
 * @example
 * // after the example of buildTranscript
 * import { parseTranscript } from '@eungmo/draw/records'
 *
 * parseTranscript(JSON.parse(JSON.stringify(transcript))).head === transcript.head // => true
 */
export function parseTranscript(value: unknown): Transcript {
  checkTranscript(value, 'transcript')
  const transcript = value as Transcript
  if (transcript.records.length === 0)
    throw new shape.ShapeError('transcript.records must hold at least one record')
  if (transcript.signatures.length !== transcript.records.length) {
    throw new shape.ShapeError('transcript.signatures must hold one signature, or null, for each record')
  }
  return transcript
}
