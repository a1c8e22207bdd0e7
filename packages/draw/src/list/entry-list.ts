/**
 * One entry of a draw. `id` is 1 to 64 of `[A-Za-z0-9_.@+:-]`; `reason` is an index of {@link REASONS}, 0
 * by default.
 */
export interface Entry {
  readonly id: string
  readonly tickets: number
  readonly reason?: number
}

/**
 * Why an entry does not take part, by code: 0 means that it does and has at least 1 ticket; the others have
 * 0 tickets.
 */
export const REASONS = [
  'eligible',
  'staff',
  'earlier winner',
  'duplicate',
  'ineligible',
  'withdrawn by the entrant',
  'fraud',
  'other',
] as const

/**
 * The first of the reserved reasons: fraud and other have codes, but a published list never uses them. What lies
 * behind an exclusion stays private.
 */
const FIRST_RESERVED_REASON = 6

/**
 * Whether a reason may not stand in a published list.
 * @example
 * import { isReservedReason, REASONS } from '@eungmo/draw/list'
 *
 * isReservedReason(REASONS.indexOf('ineligible')) // => false
 * isReservedReason(REASONS.indexOf('fraud')) // => true
 */
export const isReservedReason = (reason: number): boolean => reason >= FIRST_RESERVED_REASON

/** The index of the first entry with a reserved reason; undefined where there is none. */
export function firstReservedReason({ reasons }: Pick<EntryList, 'reasons'>): number | undefined {
  const index = reasons.findIndex(isReservedReason)
  return index < 0 ? undefined : index
}

/** The maximum number of entries in a list. */
export const MAX_ENTRIES = 2 ** 31 - 1

/** The columns of a list, already in canonical order and checked. */
export interface CheckedColumns {
  /** All ids, one after the other, in ASCII. */
  readonly idBytes: Uint8Array
  /** Where each id ends in `idBytes`. */
  readonly idEnds: Uint32Array
  readonly tickets: Float64Array
  readonly reasons: Uint8Array
  readonly totalTickets: number
  readonly eligibleCount: number
}

/**
 * A list in canonical order: ascending by the ids' ASCII bytes, no id twice; an entry's index is its
 * position, from 0. About 57 bytes per entry for ids of 43 characters. Created by `toEntryList` or an
 * EntryListBuilder.
 * @example
 * import { toEntryList } from '@eungmo/draw/list'
 *
 * const list = toEntryList([{ id: 'bob', tickets: 3 }, { id: 'alice', tickets: 5 }])
 * list.entryAt(1) // => { id: 'bob', tickets: 3, reason: 0 }
 * list.indexOf('carol') // => -1
 */
export class EntryList implements Iterable<Entry> {
  readonly size: number
  readonly idBytes: Uint8Array
  readonly idEnds: Uint32Array
  readonly tickets: Float64Array
  readonly reasons: Uint8Array
  /** Sum of all tickets, 1 to 2^53 - 1. */
  readonly totalTickets: number
  /** Number of entries that have tickets. */
  readonly eligibleCount: number

  /** For the builder, which has checked the columns; use `toEntryList`. */
  constructor(columns: CheckedColumns) {
    this.size = columns.idEnds.length
    this.idBytes = columns.idBytes
    this.idEnds = columns.idEnds
    this.tickets = columns.tickets
    this.reasons = columns.reasons
    this.totalTickets = columns.totalTickets
    this.eligibleCount = columns.eligibleCount
  }

  /** The id at an index. @throws {RangeError} where there is none. */
  idAt(index: number): string {
    const end = this.idEnds[index]
    if (end === undefined) throw new RangeError(`there is no entry with index ${index}`)
    return asciiText(this.idBytes.subarray(this.idStart(index), end))
  }

  /** The entry at an index. @throws {RangeError} where there is none. */
  entryAt(index: number): Required<Entry> {
    return {
      id: this.idAt(index),
      tickets: this.tickets[index] as number,
      reason: this.reasons[index] as number,
    }
  }

  /** The index of an id, or -1, by binary search. */
  indexOf(id: string): number {
    let low = 0
    let high = this.size - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const found = this.idAt(middle)
      if (found === id) return middle
      if (found < id) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  /** Where the id of an index starts in `idBytes`. */
  idStart(index: number): number {
    return index === 0 ? 0 : (this.idEnds[index - 1] as number)
  }

  *[Symbol.iterator](): Iterator<Required<Entry>> {
    for (let index = 0; index < this.size; index++) yield this.entryAt(index)
  }
}

/** ASCII bytes as text; at most 64, so that they fit into an argument list. */
function asciiText(bytes: Uint8Array): string {
  return String.fromCharCode.apply(null, bytes as unknown as number[])
}
