import { type Entry, EntryList } from './entry-list.ts'
import { EntryListBuilder } from './entry-list-builder.ts'

/** Entries as columns, without an object per entry: what a database or a file delivers. */
export interface EntryColumns {
  readonly ids: readonly string[]
  readonly tickets: ArrayLike<number>
  readonly reasons?: ArrayLike<number>
}

/** Every form of entries that {@link toEntryList} accepts; the order does not matter. */
export type EntryInput = EntryList | EntryColumns | Iterable<Entry>

/**
 * The canonical list of entries, which may come in any order and any form of {@link EntryInput}.
 * @throws {TypeError} for a value of the wrong type, {RangeError} for a wrong id, number or list; the
 * message names the entry
 * @example
 * import { toEntryList } from '@eungmo/draw/list'
 *
 * const list = toEntryList([{ id: 'bob', tickets: 3 }, { id: 'alice', tickets: 5 }])
 * list.idAt(0) // => 'alice'
 * list.totalTickets // => 8
 */
export function toEntryList(input: EntryInput): EntryList {
  if (input instanceof EntryList) return input
  if (typeof input === 'object' && input !== null && 'ids' in input) return listOfColumns(input)
  if (typeof input !== 'object' || input === null || !(Symbol.iterator in input)) {
    throw new TypeError('entries must be an array of {id, tickets, reason}, columns, or an EntryList')
  }
  const builder = new EntryListBuilder(Array.isArray(input) ? input.length : 0)
  let position = 0
  for (const entry of input) {
    if (typeof entry !== 'object' || entry === null) {
      throw new TypeError(`entry ${position} must be an object {id, tickets, reason}`)
    }
    builder.add(entry.id, entry.tickets, entry.reason ?? 0)
    position++
  }
  return builder.build()
}

function listOfColumns({ ids, tickets, reasons }: EntryColumns): EntryList {
  if (tickets.length !== ids.length || (reasons !== undefined && reasons.length !== ids.length)) {
    throw new RangeError('the columns ids, tickets and reasons must have the same length')
  }
  const builder = new EntryListBuilder(ids.length)
  for (let row = 0; row < ids.length; row++) {
    builder.add(
      ids[row] as string,
      tickets[row] as number,
      reasons === undefined ? 0 : (reasons[row] as number),
    )
  }
  return builder.build()
}
