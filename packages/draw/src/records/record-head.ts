import { PROTOCOL } from '../encoding/preimage.ts'
import { type ChainRecord, NO_PREVIOUS, parseRecord, recordHash } from './record.ts'

/** The keys that every record starts with. `at` never goes back, even if the clock does. */
export function recordHead(eventId: string, records: readonly ChainRecord[], at: Date) {
  const last = records.at(-1)
  const now = at.toISOString()
  return {
    v: PROTOCOL,
    eventId,
    seq: records.length,
    prev: last === undefined ? NO_PREVIOUS : recordHash(last),
    at: last !== undefined && last.at > now ? last.at : now,
  }
}

/** A record of a known type. @throws {ShapeError} that names the field with a wrong value. */
export function checkedRecord<Type extends ChainRecord>(record: object): Type {
  return parseRecord(record) as Type
}
