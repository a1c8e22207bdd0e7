import { PROTOCOL } from '../encoding/preimage.ts'
import type { DrawState } from './draw-state.ts'
import { type ChainRecord, NO_PREVIOUS, parseRecord, recordHash } from './record.ts'

/**
 * The keys that every record starts with. `at` never goes back, even if the clock does.
 * @param last the record before; undefined for the first
 */
export function recordHead(eventId: string, last: ChainRecord | undefined, at: Date) {
  const now = at.toISOString()
  return {
    v: PROTOCOL,
    eventId,
    seq: last === undefined ? 0 : last.seq + 1,
    prev: last === undefined ? NO_PREVIOUS : recordHash(last),
    at: last !== undefined && last.at > now ? last.at : now,
  }
}

/** @throws {RangeError} where nothing but a result may follow, or nothing at all */
export function requireOpenChain({ openLock, cancelled }: DrawState): void {
  if (cancelled !== null) throw new RangeError('the event is cancelled: its chain has ended')
  if (openLock !== null) throw new RangeError(`attempt ${openLock.attempt} is open: finish it first`)
}

/** A record of a known type. @throws {ShapeError} that names the field with a wrong value. */
export function checkedRecord<Type extends ChainRecord>(record: object): Type {
  return parseRecord(record) as Type
}
