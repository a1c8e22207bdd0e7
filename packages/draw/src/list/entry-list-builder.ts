import { ENTRY_ID } from '../encoding/shape.ts'
import { EntryList, MAX_ENTRIES } from './entry-list.ts'

const MAX_ID_LENGTH = 64
/** Base64url of a hash. */
const USUAL_ID_LENGTH = 43
/** Because the ends of the ids are 32-bit numbers. */
const MAX_ID_BYTES = 2 ** 32 - 1
const LAST_REASON = 7

/** 1 for each byte that an id may hold: `[A-Za-z0-9_.@+:-]`. */
const IS_ID_BYTE = /*#__PURE__*/ idBytes()

/**
 * Collects entries one by one, in any order, into an {@link EntryList}, without an object per entry.
 * Entries added in canonical order (Postgres: `ORDER BY entry_id COLLATE "C"`) are not sorted again.
 * @example
 * import { EntryListBuilder } from '@eungmo/draw/list'
 *
 * const builder = new EntryListBuilder()
 * builder.add('alice', 5)
 * builder.add('erin', 0, 1) // staff, so she has no tickets
 * builder.build().eligibleCount // => 1
 */
export class EntryListBuilder {
  #size = 0
  #bytesUsed = 0
  #bytes: Uint8Array
  #ends: Uint32Array
  #tickets: Float64Array
  #reasons: Uint8Array
  #eligible = 0
  #total = 0
  #sorted = true
  #built = false

  /** @param expected the number of entries, as far as it is known, which saves growing the columns */
  constructor(expected = 0) {
    const capacity = Math.max(16, Math.min(expected, MAX_ENTRIES))
    this.#bytes = new Uint8Array(capacity * USUAL_ID_LENGTH + MAX_ID_LENGTH)
    this.#ends = new Uint32Array(capacity)
    this.#tickets = new Float64Array(capacity)
    this.#reasons = new Uint8Array(capacity)
  }

  /** The number of entries added. */
  get size(): number {
    return this.#size
  }

  /**
   * Adds an entry.
   * @param id 1 to 64 of `[A-Za-z0-9_.@+:-]`, never normalised
   * @param tickets 1 to 2^53 - 1 with reason 0, otherwise 0
   * @param reason 0 to 7, see REASONS
   * @throws {TypeError} for a value of the wrong type, {RangeError} for any other wrong value; the message
   * names the entry
   */
  add(id: string, tickets: number, reason = 0): void {
    if (typeof id !== 'string')
      throw new TypeError(`entry ${this.#size}: id must be a string, got ${typeName(id)}`)
    if (!isPossible(tickets, reason)) throw numberError(id, tickets, reason)
    this.#makeRoom()
    const length = checkedLength(id)
    const bytes = this.#bytes
    const start = this.#bytesUsed
    for (let at = 0; at < length; at++) bytes[start + at] = checkedCode(id.charCodeAt(at), id)
    this.#append(length, tickets, reason)
  }

  /** Like {@link add}, with the id in ASCII bytes. */
  addBytes(id: Uint8Array, tickets: number, reason = 0): void {
    const text = () => String.fromCharCode(...id)
    if (!isPossible(tickets, reason)) throw numberError(text(), tickets, reason)
    this.#makeRoom()
    const length = id.length > 0 && id.length <= MAX_ID_LENGTH ? id.length : checkedLength(text())
    const bytes = this.#bytes
    const start = this.#bytesUsed
    for (let at = 0; at < length; at++) {
      const code = id[at] as number
      bytes[start + at] = IS_ID_BYTE[code] === 1 ? code : checkedCode(code, text())
    }
    this.#append(length, tickets, reason)
  }

  /**
   * The entries added so far as a list that later entries do not change; null where they are not in
   * canonical order. For work that can start before the last entry is known.
   */
  snapshot(): EntryList | null {
    return this.#sorted ? this.#columns() : null
  }

  /**
   * The canonical list of all entries added; the builder cannot be used afterwards.
   * @throws {RangeError} for an id that was added twice, naming it, and where no entry has a ticket
   */
  build(): EntryList {
    if (this.#built) throw new RangeError('the list is already built')
    this.#built = true
    if (this.#total === 0) throw new RangeError('no entry has a ticket')
    const list = this.#columns()
    return this.#sorted ? list : this.#inOrder(list)
  }

  #columns(): EntryList {
    return new EntryList({
      idBytes: this.#bytes.subarray(0, this.#bytesUsed),
      idEnds: this.#ends.subarray(0, this.#size),
      tickets: this.#tickets.subarray(0, this.#size),
      reasons: this.#reasons.subarray(0, this.#size),
      totalTickets: this.#total,
      eligibleCount: this.#eligible,
    })
  }

  /** Adds an entry whose id has been written after the others. */
  #append(length: number, tickets: number, reason: number): void {
    const total = this.#total + tickets
    const at = this.#size
    const end = this.#bytesUsed + length
    if (total > Number.MAX_SAFE_INTEGER) {
      const id = String.fromCharCode(...this.#bytes.subarray(this.#bytesUsed, end))
      throw new RangeError(`entry "${id}": with it the tickets add up to more than 2^53 - 1`)
    }
    this.#bytesUsed = end
    this.#ends[at] = end
    this.#tickets[at] = tickets
    this.#reasons[at] = reason
    this.#total = total
    this.#size++
    if (tickets > 0) this.#eligible++
    if (this.#sorted && at > 0 && this.#compare(at - 1, at) >= 0) this.#sorted = false
  }

  #makeRoom(): void {
    if (this.#built) throw new RangeError('the list is already built')
    if (this.#size === this.#ends.length) {
      if (this.#size === MAX_ENTRIES) throw new RangeError(`a list holds at most ${MAX_ENTRIES} entries`)
      const capacity = Math.min(2 * this.#size, MAX_ENTRIES)
      this.#ends = grown(this.#ends, new Uint32Array(capacity))
      this.#tickets = grown(this.#tickets, new Float64Array(capacity))
      this.#reasons = grown(this.#reasons, new Uint8Array(capacity))
    }
    if (this.#bytesUsed + MAX_ID_LENGTH > this.#bytes.length) {
      if (this.#bytesUsed + MAX_ID_LENGTH > MAX_ID_BYTES)
        throw new RangeError('the ids of a list take at most 4 GiB')
      this.#bytes = grown(this.#bytes, new Uint8Array(Math.ceil(1.5 * this.#bytes.length) + MAX_ID_LENGTH))
    }
  }

  #start(row: number): number {
    return row === 0 ? 0 : (this.#ends[row - 1] as number)
  }

  #compare(left: number, right: number): number {
    const bytes = this.#bytes
    let a = this.#start(left)
    let b = this.#start(right)
    const endA = this.#ends[left] as number
    const endB = this.#ends[right] as number
    while (a < endA && b < endB) {
      const difference = (bytes[a++] as number) - (bytes[b++] as number)
      if (difference !== 0) return difference
    }
    return endA - a - (endB - b)
  }

  #inOrder(list: EntryList): EntryList {
    const order = new Uint32Array(list.size)
    for (let row = 0; row < order.length; row++) order[row] = row
    order.sort((left, right) => this.#compare(left, right))
    const idBytes = new Uint8Array(list.idBytes.length)
    const idEnds = new Uint32Array(list.size)
    const tickets = new Float64Array(list.size)
    const reasons = new Uint8Array(list.size)
    let used = 0
    for (let index = 0; index < order.length; index++) {
      const row = order[index] as number
      if (index > 0 && this.#compare(order[index - 1] as number, row) === 0) {
        throw new RangeError(`entry "${list.idAt(row)}": this id is in the list twice`)
      }
      const start = list.idStart(row)
      const end = list.idEnds[row] as number
      idBytes.set(list.idBytes.subarray(start, end), used)
      used += end - start
      idEnds[index] = used
      tickets[index] = list.tickets[row] as number
      reasons[index] = list.reasons[row] as number
    }
    const { totalTickets, eligibleCount } = list
    return new EntryList({ idBytes, idEnds, tickets, reasons, totalTickets, eligibleCount })
  }
}

function grown<Column extends Uint8Array | Uint32Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from)
  return to
}

function isPossible(tickets: number, reason: number): boolean {
  return reason === 0
    ? Number.isSafeInteger(tickets) && tickets > 0
    : tickets === 0 && Number.isSafeInteger(reason) && reason > 0 && reason <= LAST_REASON
}

/** The error for an entry whose numbers are not possible; it names the entry. */
function numberError(id: string, tickets: number, reason: number): Error {
  const of = `entry "${id}":`
  if (typeof tickets !== 'number')
    return new TypeError(`${of} tickets must be a number, got ${typeName(tickets)}`)
  if (typeof reason !== 'number')
    return new TypeError(`${of} reason must be a number, got ${typeName(reason)}`)
  if (!Number.isSafeInteger(reason) || reason < 0 || reason > LAST_REASON) {
    return new RangeError(`${of} reason must be an integer from 0 to ${LAST_REASON}, got ${reason}`)
  }
  if (!Number.isSafeInteger(tickets) || tickets < 0) {
    return new RangeError(`${of} tickets must be an integer from 0 to 2^53 - 1, got ${tickets}`)
  }
  return new RangeError(
    reason === 0
      ? `${of} takes part (reason 0), so it must have at least 1 ticket`
      : `${of} is excluded (reason ${reason}), so it must have 0 tickets, got ${tickets}`,
  )
}

function checkedLength(id: string): number {
  if (id.length >= 1 && id.length <= MAX_ID_LENGTH) return id.length
  throw new RangeError(`entry "${id}": id must have 1 to ${MAX_ID_LENGTH} characters, got ${id.length}`)
}

function checkedCode(code: number, id: string): number {
  if (IS_ID_BYTE[code] === 1) return code
  throw new RangeError(`entry "${id}": id may hold A-Z a-z 0-9 _ . @ + : - only`)
}

function typeName(value: unknown): string {
  return value === null ? 'null' : typeof value
}

function idBytes(): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => Number(ENTRY_ID.test(String.fromCharCode(code))))
}
