import { PROTOCOL } from '../encoding/preimage.ts'
import * as shape from '../encoding/shape.ts'
import { type ChainRecord, parseRecord, recordHash } from './record.ts'

/** Shows which application number and person an entry id stands for; outside the records, so that it can be erased. */
export interface Opening {
  readonly index: number
  readonly applicationNumber: string
  /** personHash, in hex. */
  readonly person: string
}

/** Everything that is published of an event's draws, except the entries. */
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

/** A transcript of records, their signatures and openings. @throws {ShapeError} that says where they are wrong. */
export function buildTranscript(
  records: readonly ChainRecord[],
  signatures: readonly (string | null)[],
  openings: readonly Opening[] = [],
): Transcript {
  const last = records.at(-1)
  if (last === undefined) throw new RangeError('a transcript needs a record')
  return parseTranscript({ v: PROTOCOL, records, signatures, openings, head: recordHash(last) })
}

/** A transcript out of JSON from anywhere. @throws {ShapeError} that says where it is wrong. */
export function parseTranscript(value: unknown): Transcript {
  checkTranscript(value, 'transcript')
  const transcript = value as Transcript
  if (transcript.records.length === 0) throw new shape.ShapeError('transcript.records must hold a record')
  if (transcript.signatures.length !== transcript.records.length) {
    throw new shape.ShapeError('transcript.signatures must hold one signature, or null, for each record')
  }
  return transcript
}
